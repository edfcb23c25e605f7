import { clsx } from 'clsx'
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react'
import type { DocumentState } from '../../core/document/stepTree'
import type { DocumentSummary } from '../../core/document/storedDocument'
import type { DocumentHistory } from '../../state/session/documentStates'
import { useApp } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { useWhen } from '../hooks/useWhen'
import { Dialog } from '../kit/Dialog'
import text from '../kit/text.module.css'
import styles from './StatesDialog.module.css'

/** The states of the open picture as a tree, and the pictures that it came from and led to: a click goes to one. */
export function StatesDialog() {
  const app = useApp()
  const t = useT()
  const history = useHistory()
  const close = () => app.dialogs.open(null)
  const goTo = (state: DocumentState) => {
    close()
    if (!state.isCurrent) void app.documents.goTo(state.number)
  }
  return (
    <Dialog title={t('documents.states')} onClose={close}>
      <p className={text.hint}>{t('documents.statesHint')}</p>
      {history?.from && <OtherPicture document={history.from} name="documents.from" onOpen={close} />}
      {history && (
        <ol className={styles.states} aria-label={t('documents.states')}>
          {history.states.map((state) => (
            <li key={state.number} style={{ '--depth': state.depth } as CSSProperties}>
              <Row isCurrent={state.isCurrent} at={state.at} onClick={() => goTo(state)}>
                {stateText(state, t)}
              </Row>
            </li>
          ))}
        </ol>
      )}
      {history?.opened.map((document) => (
        <OtherPicture key={document.id} document={document} name="documents.made" onOpen={close} />
      ))}
    </Dialog>
  )
}

function stateText({ kind, steps }: DocumentState, t: Translate): string {
  if (kind === 'opened') return t('documents.opened')
  if (kind === 'framed') return t('extend.state')
  if (kind === 'turned') return t('extend.turnedState')
  if (kind === 'removed') return t('patches.removed')
  return t(kind === 'kept' ? 'documents.kept' : 'documents.painted', { count: steps })
}

function useHistory(): DocumentHistory | null {
  const app = useApp()
  const [history, setHistory] = useState<DocumentHistory | null>(null)
  useEffect(() => {
    let wanted = true
    const load = async () => {
      const loaded = await app.documents.history()
      if (wanted) setHistory(loaded)
    }
    load().catch(app.messages.report)
    return () => {
      wanted = false
    }
  }, [app])
  return history
}

interface OtherPictureProps {
  readonly document: DocumentSummary
  readonly name: 'documents.from' | 'documents.made'
  readonly onOpen: () => void
}

function OtherPicture({ document: { id, base, createdAt }, name, onOpen }: OtherPictureProps) {
  const app = useApp()
  const t = useT()
  const open = () => {
    onOpen()
    void app.documents.open(id)
  }
  return (
    <Row isCurrent={false} at={createdAt} onClick={open}>
      {t(name, { name: base?.name ?? '' })}
    </Row>
  )
}

interface RowProps {
  readonly isCurrent: boolean
  /** ISO 8601; null where it is not known. */
  readonly at: string | null
  readonly onClick: () => void
  readonly children: ReactNode
}

function Row({ isCurrent, at, onClick, children }: RowProps) {
  const whenOf = useWhen()
  return (
    <button
      type="button"
      className={clsx(styles.row, isCurrent && styles.current)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onClick}
    >
      <span>{children}</span>
      {at !== null && <time dateTime={at}>{whenOf(new Date(at))}</time>}
    </button>
  )
}
