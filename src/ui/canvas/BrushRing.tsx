import { clsx } from 'clsx'
import type { Ref } from 'react'
import type { ScreenPoint } from '../../core/geometry'
import type { RingShape } from '../../core/mask/display/displayMessage'
import type { View } from '../../core/viewport'
import styles from './BrushRing.module.css'
import { useAppState } from '../hooks/useApp'

interface BrushRingProps {
  readonly at: ScreenPoint
  /** CSS px per image px. */
  readonly scale: number
  /** Moves the ring without a render. */
  readonly ref?: Ref<HTMLDivElement>
}

/** An inner ring that is smaller is not shown, CSS px. */
const MIN_INNER = 6

/** A ring of the brush's size, and an inner one at the edge of full coverage. */
export function BrushRing({ at, scale, ref }: BrushRingProps) {
  const { size, hardness } = useAppState(({ tools: state }) => state.brush)
  const outer = size * scale
  const inner = (outer * hardness) / 100
  return (
    <div ref={ref} className={styles.brush} style={{ transform: ringTransform(at) }} aria-hidden="true">
      <span className={styles.ring} data-ring="" style={{ width: outer, height: outer }} />
      {hardness < 100 && inner > MIN_INNER && (
        <span className={clsx(styles.ring, styles.inner)} style={{ width: inner, height: inner }} />
      )}
      {outer < 6 && <span className={styles.dot} />}
    </div>
  )
}

export function ringTransform({ x, y }: ScreenPoint): string {
  return `translate(${x}px, ${y}px)`
}

/** The same ring, as the worker draws it that paints the mask. @param brush size in image px, hardness in percent */
export function ringShape(
  { canvas, pixelRatio, zoom }: View,
  { x, y }: ScreenPoint,
  { size, hardness }: { readonly size: number; readonly hardness: number },
): RingShape {
  const outer = (size * zoom) / 2
  const inner = (outer * hardness) / 100
  const hasInner = hardness < 100 && 2 * inner > MIN_INNER * pixelRatio
  return {
    x: (x - canvas.x) * pixelRatio,
    y: (y - canvas.y) * pixelRatio,
    outer,
    inner: hasInner ? inner : null,
    line: pixelRatio,
  }
}
