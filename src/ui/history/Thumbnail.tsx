import { useEffect, useRef } from 'react'
import type { Run } from '../../state/runsStore'

const SIDE = 96

/** The first output in the picture, else the picture; blank for a run whose pictures are not loaded. */
export function Thumbnail({ run }: { readonly run: Run }) {
  const ref = useRef<HTMLCanvasElement>(null)
  const { source, outputs } = run
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    if (!context || !source) return
    const { width, height } = source.pixels
    const scale = Math.max(SIDE / width, SIDE / height)
    const draw = (levels: readonly ImageBitmap[], x: number, y: number, w: number, h: number) => {
      const bitmap = levels.findLast((level) => level.width >= w * scale) ?? levels[0]
      if (!bitmap || bitmap.width === 0) return
      const left = (SIDE - width * scale) / 2 + x * scale
      const top = (SIDE - height * scale) / 2 + y * scale
      context.drawImage(bitmap, left, top, w * scale, h * scale)
    }
    context.clearRect(0, 0, SIDE, SIDE)
    draw(source.levels, 0, 0, width, height)
    const first = outputs.find((output) => output.kind === 'ready')
    if (first?.kind === 'ready')
      draw(first.levels, first.rect.x, first.rect.y, first.rect.width, first.rect.height)
  }, [source, outputs])
  return <canvas ref={ref} width={SIDE} height={SIDE} aria-hidden="true" />
}
