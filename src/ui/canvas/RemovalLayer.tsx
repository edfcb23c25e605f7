import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore'
import { cssScale, imageToScreen, type View } from '../../core/viewport'
import type { StrokeCommand } from '../../core/mask/command/maskCommand'
import type { MaskEditor } from '../../editor/maskEditor'
import { useAppState } from '../hooks/useApp'

interface RemovalLayerProps {
  readonly editor: MaskEditor
  readonly view: View
}

/** The strokes that are being filled, until their pixels are there. */
export function RemovalLayer({ editor, view }: RemovalLayerProps) {
  const pending = useAppState(({ removals }) => removals.pending)
  const strokes = pending.flatMap(({ command, editor: drawnOn }) =>
    drawnOn === editor && command.kind === 'stroke' ? [command] : [],
  )
  if (strokes.length === 0) return null
  return (
    <Layer listening={false} opacity={0.55}>
      <Shape
        listening={false}
        perfectDrawEnabled={false}
        sceneFunc={(context) => strokes.forEach((stroke) => drawStroke(context._context, view, stroke))}
      />
    </Layer>
  )
}

function drawStroke(context: CanvasRenderingContext2D, view: View, { points, size }: StrokeCommand): void {
  context.beginPath()
  for (const point of points) {
    const { x, y } = imageToScreen(view, point)
    context.lineTo(x, y)
    // A single point is a line of no length: its round ends are the dab.
    if (points.length === 1) context.lineTo(x, y)
  }
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.lineWidth = Math.max(2, size * cssScale(view))
  context.strokeStyle = '#fff'
  context.stroke()
}
