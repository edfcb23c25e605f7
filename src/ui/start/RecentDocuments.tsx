import { useEffect, useState } from 'react'
import { ImageIcon } from 'lucide-react'
import type { DocumentSummary } from '../../core/document/storedDocument'
import { useApp } from '../hooks/useApp'
import { useDocumentThumbnail } from '../hooks/useDocumentThumbnail'
import { useT } from '../hooks/useT'
import { useWhen } from '../hooks/useWhen'
import { LinkButton } from '../kit/Button'
import styles from './RecentDocuments.module.css'

/** Pictures shown here; the others are in the history. */
const MAX_SHOWN = 4

/** Pictures that were open before, last changed first: a click goes on with one. */
export function RecentDocuments() {
  const app = useApp()
  const t = useT()
  const [documents, setDocuments] = useState<readonly DocumentSummary[]>([])
  useEffect(() => {
    let wanted = true
    const load = async () => {
      // One more than are shown tells that there are others.
      const recent = await app.documents.recent(MAX_SHOWN + 1)
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
        {documents.slice(0, MAX_SHOWN).map((document) => (
          <li key={document.id}>
            <DocumentCard document={document} />
          </li>
        ))}
      </ul>
      {documents.length > MAX_SHOWN && (
        <p className={styles.all}>
          <LinkButton onClick={() => app.view.showHistory('pictures')}>{t('documents.all')}</LinkButton>
        </p>
      )}
    </section>
  )
}

function DocumentCard({ document: { id, base, updatedAt } }: { readonly document: DocumentSummary }) {
  const whenOf = useWhen()
  const app = useApp()
  const name = base?.name ?? ''
  return (
    <button type="button" className={styles.card} title={name} onClick={() => void app.documents.open(id)}>
      <Thumbnail id={id} />
      <span className={styles.words}>
        <span className={styles.name}>{name}</span>{' '}
        <time dateTime={updatedAt}>{whenOf(new Date(updatedAt))}</time>
      </span>
    </button>
  )
}

function Thumbnail({ id }: { readonly id: string }) {
  const url = useDocumentThumbnail(id)
  return url ? <img src={url} alt="" /> : <ImageIcon aria-hidden="true" />
}
