import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore'
import { imageToScreen, type View } from '../../core/viewport'
import { useAppState } from '../hooks/useApp'

/** Marks where the picture has changed although nothing that is kept counts there. */
export function OutsideLayer({ view }: { readonly view: View }) {
  const outside = useAppState(({ patches }) => patches.outside)
  if (!outside || outside.count === 0) return null
  return (
    <Layer listening={false}>
      <Shape
        listening={false}
        perfectDrawEnabled={false}
        sceneFunc={({ _context: context }) => {
          context.strokeStyle = '#ff2d2d'
          context.fillStyle = 'rgb(255 45 45 / 25%)'
          context.lineWidth = 2
          for (const { x, y, width, height } of outside.rects) {
            const from = imageToScreen(view, { x, y })
            const to = imageToScreen(view, { x: x + width, y: y + height })
            const box = [from.x, from.y, Math.max(4, to.x - from.x), Math.max(4, to.y - from.y)] as const
            context.fillRect(...box)
            context.strokeRect(...box)
          }
        }}
      />
    </Layer>
  )
}
