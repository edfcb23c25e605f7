import { useEffect, useState } from 'react'
import { ImageIcon } from 'lucide-react'
import { whenText } from '../../core/whenText'
import type { DocumentSummary } from '../../core/document/storedDocument'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import styles from './RecentDocuments.module.css'

/** The others are in the history. */
const MAX_SHOWN = 4

/** Pictures that were open before, last changed first: a click goes on with one. */
export function RecentDocuments() {
  const app = useApp()
  const t = useT()
  const [documents, setDocuments] = useState<readonly DocumentSummary[]>([])
  useEffect(() => {
    let wanted = true
    const load = async () => {
      const recent = await app.documents.recent(MAX_SHOWN)
      if (wanted) setDocuments(recent)
    }
    // Without a storage there is nothing to go on with.
    load().catch(() => {})
    return () => {
      wanted = false
    }
  }, [app])
  if (documents.length === 0) return null
  return (
    <section className={styles.recent} aria-labelledby="recent-documents">
      <h2 id="recent-documents">{t('documents.goOn')}</h2>
      <ul>
        {documents.map((document) => (
          <li key={document.id}>
            <DocumentCard document={document} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function DocumentCard({ document: { id, base, updatedAt } }: { readonly document: DocumentSummary }) {
  const app = useApp()
  const name = base?.name ?? ''
  return (
    <button type="button" className={styles.card} title={name} onClick={() => void app.documents.open(id)}>
      <Thumbnail id={id} />
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>{' '}
        <time dateTime={updatedAt}>{whenText(new Date(updatedAt))}</time>
      </span>
    </button>
  )
}

function Thumbnail({ id }: { readonly id: string }) {
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
    // The card works without its picture.
    load().catch(() => {})
    return () => {
      wanted = false
      if (made) URL.revokeObjectURL(made)
    }
  }, [app, id])
  return url ? <img src={url} alt="" /> : <ImageIcon aria-hidden="true" />
}
