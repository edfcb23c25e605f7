import { useEffect, useRef } from 'react'
import { useApp } from '../hooks/useApp'
import type { Run } from '../../state/runs/runs'

const SIDE = 128

/** What the run changed: its first output there, else the picture. */
export function Thumbnail({ run }: { readonly run: Run }) {
  const app = useApp()
  const ref = useRef<HTMLCanvasElement>(null)
  const { source, outputs, record } = run
  useEffect(() => {
    const context = ref.current?.getContext('2d')
    if (!context) return undefined
    let wanted = true
    const draw = async () => {
      const bitmap = await app.pictures.thumbnail({ source, outputs, record })
      if (bitmap && wanted) context.drawImage(bitmap, 0, 0, SIDE, SIDE)
      bitmap?.close()
    }
    // The card works without its picture.
    draw().catch(() => {})
    return () => {
      wanted = false
    }
  }, [app, source, outputs, record])
  return <canvas ref={ref} width={SIDE} height={SIDE} aria-hidden="true" />
}
