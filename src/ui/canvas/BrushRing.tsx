import { clsx } from 'clsx'
import type { Ref } from 'react'
import type { ScreenPoint } from '../../core/geometry'
import styles from './BrushRing.module.css'
import { useAppState } from '../hooks/useApp'

interface BrushRingProps {
  readonly at: ScreenPoint
  /** CSS px per image px. */
  readonly scale: number
  /** Moves the ring without a render. */
  readonly ref?: Ref<HTMLDivElement>
}

/** A ring of the brush's size, and an inner one at the edge of full coverage. */
export function BrushRing({ at, scale, ref }: BrushRingProps) {
  const { size, hardness } = useAppState(({ tools: state }) => state.brush)
  const outer = size * scale
  const inner = (outer * hardness) / 100
  return (
    <div ref={ref} className={styles.brush} style={{ transform: ringTransform(at) }} aria-hidden="true">
      <span className={styles.ring} data-ring="" style={{ width: outer, height: outer }} />
      {hardness < 100 && inner > 6 && (
        <span className={clsx(styles.ring, styles.inner)} style={{ width: inner, height: inner }} />
      )}
      {outer < 6 && <span className={styles.dot} />}
    </div>
  )
}

export function ringTransform({ x, y }: ScreenPoint): string {
  return `translate(${x}px, ${y}px)`
}
