import { type AppErrorData, UNCLEAR } from '../../core/errors'
import { useT } from '../hooks/useT'
import { Button, LinkButton } from '../kit/Button'
import styles from './ErrorText.module.css'
import { useApp } from '../hooks/useApp'

/** Longest detail that is shown unfolded, characters. */
const MAX_OPEN_DETAIL = 200

/** The message of an error's code, then the backend's own words. */
export function ErrorText({ error }: { readonly error: AppErrorData }) {
  const app = useApp()
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
        <details open={error.detail.length <= MAX_OPEN_DETAIL}>
          <summary>
            {error.detail.length <= MAX_OPEN_DETAIL
              ? t('message.detail')
              : t('message.showAll', { beginning: error.detail.slice(0, MAX_OPEN_DETAIL) })}
          </summary>
          <p className={styles.detail}>{error.detail}</p>
        </details>
      )}
      {fromBackend && (
        <p className={styles.actions}>
          <span>{t('message.kept')}</span>
          {error.code === 'backend/input-too-large' && <ShrinkButton error={error} />}
          <LinkButton onClick={() => app.dialogs.open('backend')}>{t('message.openBackend')}</LinkButton>
        </p>
      )}
    </>
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
