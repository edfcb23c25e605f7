import { useEffect, useRef, useState } from 'react'
import type { PicturePage, StoredPicture } from '../../state/session/documentLibrary'
import { useApp, useAppState } from '../hooks/useApp'

/** Pictures that are read at once. */
const PAGE = 30

interface PictureList extends PicturePage {
  readonly phase: 'reading' | 'read' | 'failed'
}

const UNREAD: PictureList = { pictures: [], next: null, phase: 'reading' }

/** The stored pictures, as far as they were asked for. */
export function useStoredPictures() {
  const app = useApp()
  const [list, setList] = useState(UNREAD)
  const restored = useAppState(({ documents }) => documents.restored)
  const shown = useRef(0)
  useEffect(() => {
    shown.current = list.pictures.length
  })
  // What is brought back comes into its place among as many as were shown.
  useEffect(() => {
    let wanted = true
    const max = restored > 0 ? Math.max(PAGE, shown.current) : PAGE
    app.documents.list(max, null).then(
      (page) => wanted && setList({ ...page, phase: 'read' }),
      () => wanted && setList({ ...UNREAD, phase: 'failed' }),
    )
    return () => {
      wanted = false
    }
  }, [app, restored])
  const more = async () => {
    setList((now) => ({ ...now, phase: 'reading' }))
    try {
      const { pictures, next } = await app.documents.list(PAGE, list.next)
      setList((now) => ({ pictures: withMore(now.pictures, pictures), next, phase: 'read' }))
    } catch {
      setList((now) => ({ ...now, phase: 'failed' }))
    }
  }
  return {
    ...list,
    more,
    async remove(ids: readonly string[]) {
      const gone = new Set(await app.documents.remove(ids).catch(() => []))
      setList((now) => ({ ...now, pictures: now.pictures.filter(({ id }) => !gone.has(id)) }))
      if (list.next && list.pictures.every(({ id }) => gone.has(id))) await more()
    },
  }
}

/** One that another tab has changed meanwhile comes twice: it keeps its place. */
function withMore(shown: readonly StoredPicture[], more: readonly StoredPicture[]): readonly StoredPicture[] {
  const known = new Set(shown.map(({ id }) => id))
  return [...shown, ...more.filter(({ id }) => !known.has(id))]
}
