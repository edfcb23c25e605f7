import { useEffect, useRef } from 'react'
import { drawThumbnail } from '../../state/thumbnails'
import type { Run } from '../../state/runsStore'

const SIDE = 128

/** The run's first output in its picture, else the picture. */
export function Thumbnail({ run }: { readonly run: Run }) {
  const ref = useRef<HTMLCanvasElement>(null)
  const { source, outputs, record } = run
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    if (!context) return undefined
    let wanted = true
    const draw = async () => {
      const bitmap = await drawThumbnail({ source, outputs, record })
      if (bitmap && wanted) context.drawImage(bitmap, 0, 0, SIDE, SIDE)
      bitmap?.close()
    }
    // The card works without its picture.
    draw().catch(() => {})
    return () => {
      wanted = false
    }
  }, [source, outputs, record])
  return <canvas ref={ref} width={SIDE} height={SIDE} aria-hidden="true" />
}
