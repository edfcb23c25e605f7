import type { ScreenPoint } from '../../core/geometry'
import { useEditor } from '../../state/editorStore'

interface BrushRingProps {
  readonly at: ScreenPoint
  /** CSS px per image px. */
  readonly scale: number
}

/** The painted width as a ring, and a second one where full coverage ends. */
export function BrushRing({ at, scale }: BrushRingProps) {
  const { size, hardness } = useEditor((state) => state.brush)
  const outer = size * scale
  const inner = (outer * hardness) / 100
  return (
    <div className="brush-ring" style={{ transform: `translate(${at.x}px, ${at.y}px)` }} aria-hidden="true">
      <span className="ring" style={{ width: outer, height: outer }} />
      {hardness < 100 && inner > 6 && <span className="ring inner" style={{ width: inner, height: inner }} />}
      {outer < 6 && <span className="ring-dot" />}
    </div>
  )
}
