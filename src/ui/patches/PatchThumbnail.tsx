import { useEffect, useRef } from 'react'
import type { PatchLayer } from '../../state/session/source'
import styles from './patches.module.css'

/** Twice the side that it is drawn with, px. */
const SIDE = 80

/** The part of the picture that a result makes; what was drawn last stays while it is not shown. */
export function PatchThumbnail({ layer }: { readonly layer: PatchLayer | null }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    const bitmap = layer?.levels.findLast(({ width, height }) => Math.min(width, height) >= SIDE)
    const shown = bitmap ?? layer?.levels[0]
    if (!context || !shown || shown.width === 0) return
    const scale = Math.max(SIDE / shown.width, SIDE / shown.height)
    const [width, height] = [shown.width * scale, shown.height * scale]
    context.clearRect(0, 0, SIDE, SIDE)
    context.drawImage(shown, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
  }, [layer])
  return (
    <canvas
      ref={ref}
      className={styles.thumbnail}
      width={SIDE}
      height={SIDE}
      data-off={layer ? undefined : ''}
      aria-hidden="true"
    />
  )
}
