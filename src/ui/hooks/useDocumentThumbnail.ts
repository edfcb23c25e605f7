import { useEffect, useState } from 'react'
import { useApp } from './useApp'

/** @returns the address of a document's small picture; null until it is read, and where there is none */
export function useDocumentThumbnail(id: string): string | null {
  const app = useApp()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let wanted = true
    const load = async () => {
      const blob = await app.documents.thumbnail(id)
      if (!blob || !wanted) return
      made = URL.createObjectURL(blob)
      setUrl(made)
    }
    // A card works without its picture.
    load().catch(() => {})
    return () => {
      wanted = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [app, id])
  return url
}
