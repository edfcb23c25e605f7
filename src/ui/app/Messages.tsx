import { X } from 'lucide-react'
import { type AppErrorData, UNCLEAR } from '../../core/errors'
import { openDialog } from '../../state/dialogStore'
import { type Message, useMessages } from '../../state/messageStore'
import { startRun } from '../../state/runController'
import { useT } from '../hooks/useT'

/** What there is to say: errors as alerts, the rest as status. They stay until dismissed, and never cover Run. */
export function Messages() {
  const messages = useMessages((state) => state.messages)
  return (
    <div className="messages">
      {messages.map((message) => (
        <MessageCard key={message.id} message={message} />
      ))}
    </div>
  )
}

function MessageCard({ message }: { readonly message: Message }) {
  const t = useT()
  const dismiss = useMessages((state) => state.dismiss)
  return (
    <div className={`message ${message.kind}`} role={message.kind === 'error' ? 'alert' : 'status'}>
      <div className="message-text">
        {message.kind === 'error' ? (
          <ErrorText error={message.error} />
        ) : (
          <p>{t(`notice.${message.code}`, message.params)}</p>
        )}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t('app.dismiss')}
        onClick={() => dismiss(message.id)}
      >
        <X aria-hidden="true" />
      </button>
    </div>
  )
}

/** So much of the other side's words is shown without being asked for, characters. */
const SHORT_DETAIL = 200

/** The message of an error's code, then the other side's own words. */
export function ErrorText({ error }: { readonly error: AppErrorData }) {
  const t = useT()
  const fromBackend = error.code.startsWith('backend/')
  return (
    <>
      <p>{t(`error.${error.code}`, error.params)}</p>
      {'seconds' in error.params && error.code === 'backend/rate-limited' && (
        <p>{t('message.wait', error.params)}</p>
      )}
      {UNCLEAR in error.params && <p>{t('message.unclear')}</p>}
      {error.detail && (
        <details open={error.detail.length <= SHORT_DETAIL}>
          <summary>
            {error.detail.length <= SHORT_DETAIL
              ? t('message.detail')
              : t('message.showAll', { beginning: error.detail.slice(0, SHORT_DETAIL) })}
          </summary>
          <p className="detail">{error.detail}</p>
        </details>
      )}
      {fromBackend && (
        <p className="message-actions">
          <span>{t('message.kept')}</span>
          {error.code === 'backend/input-too-large' && <ShrinkButton error={error} />}
          <button type="button" className="link-button" onClick={() => openDialog('backend')}>
            {t('message.openBackend')}
          </button>
        </p>
      )}
    </>
  )
}

/** Sends it again in so many fewer pixels that it should fit; bytes go with the area. */
function ShrinkButton({ error }: { readonly error: AppErrorData }) {
  const t = useT()
  const { bytes, limit, maxMegabytes, scale: before } = error.params
  if (typeof bytes !== 'number' || typeof limit !== 'number') return null
  const scale = (typeof before === 'number' ? before : 1) * Math.sqrt(limit / bytes) * 0.95
  const params = { maxMegabytes: maxMegabytes ?? '', percent: Math.round(scale * 100) }
  return (
    <button type="button" className="button small" onClick={() => void startRun({ scale })}>
      {t('message.shrink', params)}
    </button>
  )
}
