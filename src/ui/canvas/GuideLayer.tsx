import { useEffect, useState } from 'react'
import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore'
import { guideLinesOf } from '../../core/mask/command/guideLines'
import type { GuideLine } from '../../core/mask/guideLine'
import { imageToScreen, type View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import { GUIDE_COLOR } from './guideColor'

interface GuideLayerProps {
  readonly editor: MaskEditor
  readonly view: View
}

/** The guide lines, as wide at every zoom, with a dark rim that tells them from any picture. */
export function GuideLayer({ editor, view }: GuideLayerProps) {
  const [lines, setLines] = useState<readonly GuideLine[]>([])
  useEffect(() => {
    const show = () => {
      const now = guideLinesOf(editor.commandsOf('guides'))
      setLines((before) => (before.length === 0 && now.length === 0 ? before : now))
    }
    show()
    return editor.subscribe({
      change: ({ kind }) => {
        if (kind !== 'begin' && kind !== 'cancel') show()
      },
    })
  }, [editor])
  if (lines.length === 0) return null
  return (
    <Layer listening={false}>
      <Shape
        listening={false}
        perfectDrawEnabled={false}
        sceneFunc={({ _context: context }) => {
          context.save()
          context.translate(-view.canvas.x, -view.canvas.y)
          context.lineCap = context.lineJoin = 'round'
          for (const line of lines) drawLine(context, view, line)
          context.restore()
        }}
      />
    </Layer>
  )
}

function drawLine(context: CanvasRenderingContext2D, view: View, { points }: GuideLine): void {
  context.beginPath()
  for (const point of points) {
    const { x, y } = imageToScreen(view, point)
    context.lineTo(x, y)
  }
  context.lineWidth = 4
  context.strokeStyle = 'rgb(0 0 0 / 60%)'
  context.stroke()
  context.lineWidth = 2
  context.strokeStyle = GUIDE_COLOR
  context.stroke()
}
