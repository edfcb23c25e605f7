import { useEffect, useRef } from 'react'
import { useApp } from '../hooks/useApp'

const SIDE = 128
/** A row that is only scrolled past is gone before its picture is read, ms. */
const PASSING_MS = 60

/** What a run changed; a blank square where no picture was kept. */
export function HistoryThumbnail({ id }: { readonly id: string }) {
  const app = useApp()
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    const draw = async () => {
      const bitmap = await app.archive.thumbnail(id)
      if (bitmap && wanted) ref.current?.getContext('2d')?.drawImage(bitmap, 0, 0, SIDE, SIDE)
      bitmap?.close()
    }
    // The row works without its picture.
    const timer = setTimeout(() => void draw().catch(() => {}), PASSING_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [app, id])
  return <canvas ref={ref} width={SIDE} height={SIDE} aria-hidden="true" />
}
