import type Konva from 'konva'
import { useEffect, useRef } from 'react'
import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore'
import { imageToScreen, type View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Preview } from '../../editor/tool'

interface OutlineLayerProps {
  readonly editor: MaskEditor
  readonly view: View
}

/** The outline in black and white dashes, visible on any picture. */
export function OutlineLayer({ editor, view }: OutlineLayerProps) {
  const layerRef = useRef<Konva.Layer>(null)
  useEffect(() => {
    layerRef.current?.getCanvas().setPixelRatio(view.pixelRatio)
    layerRef.current?.batchDraw()
    return editor.subscribe({ preview: () => layerRef.current?.batchDraw() })
  }, [editor, view])
  return (
    <Layer ref={layerRef} listening={false}>
      <Shape
        listening={false}
        perfectDrawEnabled={false}
        sceneFunc={(context) => {
          const { preview } = editor
          if (preview) drawOutline(context._context, view, preview)
        }}
      />
    </Layer>
  )
}

function drawOutline(context: CanvasRenderingContext2D, view: View, preview: Preview): void {
  context.save()
  context.translate(-view.canvas.x, -view.canvas.y)
  context.beginPath()
  if (preview.kind === 'ellipse') {
    const { x, y, width, height } = preview.rect
    const from = imageToScreen(view, { x, y })
    const to = imageToScreen(view, { x: x + width, y: y + height })
    context.ellipse(
      (from.x + to.x) / 2,
      (from.y + to.y) / 2,
      (to.x - from.x) / 2,
      (to.y - from.y) / 2,
      0,
      0,
      2 * Math.PI,
    )
  } else {
    for (const point of preview.points) {
      const { x, y } = imageToScreen(view, point)
      context.lineTo(x, y)
    }
    if (preview.closed) context.closePath()
  }
  context.lineWidth = 1
  context.strokeStyle = 'rgb(0 0 0 / 85%)'
  context.stroke()
  context.setLineDash([4, 4])
  context.strokeStyle = '#fff'
  context.stroke()
  context.restore()
}
