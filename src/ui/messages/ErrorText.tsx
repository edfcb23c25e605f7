import { type AppErrorData, type ErrorCode, UNCLEAR } from '../../core/errors'
import { type Translate, useT } from '../hooks/useT'
import { Button, LinkButton } from '../kit/Button'
import styles from './ErrorText.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { RepeatButton } from './RepeatButton'

/** Longest detail that is shown unfolded, characters. */
const MAX_OPEN_DETAIL = 200

/** Errors that a change in the backend dialog ends. */
const OF_SETTINGS: ReadonlySet<ErrorCode> = new Set([
  'backend/no-url',
  'backend/url-invalid',
  'backend/unreachable',
  'backend/cors',
  'backend/mixed-content',
  'backend/policy',
  'backend/local-network',
  'backend/unauthorized',
  'backend/payment',
  'backend/forbidden',
  'backend/not-found',
  'backend/method-not-allowed',
  'backend/not-json',
  'backend/cannot-follow',
  'onnx/missing',
  'run/not-reached',
])

/** What happened, the other side's own short words, and the likely next thing; the rest is folded. */
export function ErrorText({ error }: { readonly error: AppErrorData }) {
  const t = useT()
  const { code, params, detail } = error
  const isShort = detail !== null && detail.length <= MAX_OPEN_DETAIL
  const isUnclear = UNCLEAR in params
  const more = moreOf(error, t)
  return (
    <>
      <p>
        {t(`error.${code}`, params)}
        {'seconds' in params && code === 'backend/rate-limited' && ` ${t('message.wait', params)}`}
      </p>
      {isUnclear && <p>{t('message.unclear')}</p>}
      {isShort && <p className={styles.detail}>{detail}</p>}
      {detail !== null && !isShort && (
        <details>
          <summary>{t('message.showAll', { beginning: detail.slice(0, MAX_OPEN_DETAIL) })}</summary>
          <p className={styles.detail}>{detail}</p>
        </details>
      )}
      <div className={styles.actions}>
        <NextStep error={error} />
        {more.length > 0 && (
          <details>
            <summary>{t('message.more')}</summary>
            {more.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </details>
        )}
      </div>
    </>
  )
}

function moreOf({ code, params }: AppErrorData, t: Translate): string[] {
  const key = `more.${code}`
  const isReplicate = params['origin'] === 'https://api.replicate.com'
  return [
    ...(isReplicate && (code === 'backend/unreachable' || code === 'backend/cors')
      ? [t('more.replicate')]
      : t.has(key)
        ? [t(key, params)]
        : []),
    ...(code.startsWith('backend/') ? [t('message.kept')] : []),
  ]
}

/** The one button of an error; none where nothing but another picture or other settings helps. */
function NextStep({ error }: { readonly error: AppErrorData }) {
  const app = useApp()
  const t = useT()
  const { code, params } = error
  const endedRun = useAppState(
    ({ runs: { runs } }) => runs[0]?.stage === 'done' && runs[0].record.error?.code === code,
  )
  if (code === 'page/part-missing') {
    return (
      <Button small onClick={() => location.reload()}>
        {t('message.reload')}
      </Button>
    )
  }
  if (code === 'backend/input-too-large') return <ShrinkButton error={error} />
  if (code === 'run/interrupted' && params['run'] !== undefined)
    return <RepeatButton runId={String(params['run'])} />
  if (OF_SETTINGS.has(code)) {
    return (
      <LinkButton className={styles.settings} onClick={() => app.dialogs.open('backend')}>
        {t('message.openBackend')}
      </LinkButton>
    )
  }
  // An unclear one is asked about beside Run.
  if (!endedRun || UNCLEAR in params) return null
  return (
    <Button small onClick={() => void app.runner.start()}>
      {t('message.retry')}
    </Button>
  )
}

/** Runs again with a picture small enough for the backend's limit: bytes grow with the area. */
function ShrinkButton({ error }: { readonly error: AppErrorData }) {
  const app = useApp()
  const t = useT()
  const { bytes, limit, maxMegabytes, scale: before } = error.params
  if (typeof bytes !== 'number' || typeof limit !== 'number') return null
  const scale = (typeof before === 'number' ? before : 1) * Math.sqrt(limit / bytes) * 0.95
  const params = { maxMegabytes: maxMegabytes ?? '', percent: Math.round(scale * 100) }
  return (
    <Button small onClick={() => void app.runner.start({ scale })}>
      {t('message.shrink', params)}
    </Button>
  )
}
