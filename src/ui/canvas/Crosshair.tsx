import type { ImagePoint } from '../../core/geometry'
import { cssScale, imageToScreen, type View } from '../../core/viewport'
import { useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import { BrushRing } from './BrushRing'
import styles from './EditorCanvas.module.css'

interface CrosshairProps {
  readonly view: View
  readonly point: ImagePoint
  /** Coverage at the crosshair, 0..255. */
  readonly masked: number
  /** Masked part of the picture, 0..1; null before the first press. */
  readonly coverage: number | null
  readonly ring: boolean
}

/** Where the keyboard paints, and what is masked there. */
export function Crosshair({ view, point, masked, coverage, ring }: CrosshairProps) {
  const t = useT()
  const at = imageToScreen(view, point)
  return (
    <>
      <div className={styles.crosshair} style={{ transform: `translate(${at.x}px, ${at.y}px)` }} />
      {ring && <BrushRing at={at} scale={cssScale(view)} />}
      <output className={text.visuallyHidden}>
        {t('canvas.position', { x: point.x, y: point.y, masked: Math.round(masked / 2.55) })}
        {coverage !== null && t('canvas.coverage', { percent: (coverage * 100).toFixed(1) })}
      </output>
    </>
  )
}
