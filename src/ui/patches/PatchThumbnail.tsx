import { useEffect, useRef } from 'react'
import { type Rect, unionRect } from '../../core/geometry'
import type { PatchLayer } from '../../state/session/source'
import styles from './patches.module.css'

/** Twice the side that it is drawn with, px. */
const SIDE = 80

/** The part of the picture that a result makes; what was drawn last stays while it is not shown. */
export function PatchThumbnail({ layers }: { readonly layers: readonly PatchLayer[] }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    const [first] = layers
    if (!context || !first) return
    const all = layers.reduce<Rect>((around, { rect }) => unionRect(around, rect), first.rect)
    const scale = Math.max(SIDE / all.width, SIDE / all.height)
    const corner = { x: (SIDE - all.width * scale) / 2, y: (SIDE - all.height * scale) / 2 }
    context.clearRect(0, 0, SIDE, SIDE)
    for (const { levels, rect } of layers) {
      const shown = levels.findLast(({ width }) => width >= rect.width * scale) ?? levels[0]
      if (!shown || shown.width === 0) continue
      // On whole pixels, so that no rim shows between two.
      const [left, right] = [rect.x, rect.x + rect.width].map((x) =>
        Math.round(corner.x + (x - all.x) * scale),
      )
      const [top, bottom] = [rect.y, rect.y + rect.height].map((y) =>
        Math.round(corner.y + (y - all.y) * scale),
      )
      context.drawImage(shown, left, top, right - left, bottom - top)
    }
  }, [layers])
  return (
    <canvas
      ref={ref}
      className={styles.thumbnail}
      width={SIDE}
      height={SIDE}
      data-off={layers.length > 0 ? undefined : ''}
      aria-hidden="true"
    />
  )
}
