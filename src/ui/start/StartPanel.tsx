import { ClipboardPaste, FolderOpen, Globe } from 'lucide-react'
import { MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE } from '../../core/image/limits'
import { useLocalized, useT } from '../hooks/useT'
import { pickFile } from '../kit/pickFile'
import { Button } from '../kit/Button'
import text from '../kit/text.module.css'
import styles from './StartPanel.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { laterPart } from '../messages/lazyPart'
import { SAMPLES, thumbnailUrl } from '../../state/session/samples'

const RecentDocuments = laterPart(async () => (await import('./RecentDocuments')).RecentDocuments)

/** The start page: open a picture, or try a sample. */
export function StartPanel() {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const opening = useAppState(({ session: state }) => state.opening)
  return (
    <section className={styles.start} aria-label={t('open.title')} aria-busy={opening !== null}>
      <div className={styles.drop}>
        <h2>{t('open.title')}</h2>
        <p>{t('open.hint')}</p>
        <div className={styles.buttons}>
          <Button primary onClick={pickFile}>
            <FolderOpen aria-hidden="true" />
            {t('open.file')}
          </Button>
          <Button onClick={() => void app.opener.openClipboard()}>
            <ClipboardPaste aria-hidden="true" />
            {t('open.paste')}
          </Button>
          <Button onClick={() => app.dialogs.open('url')}>
            <Globe aria-hidden="true" />
            {t('open.url')}
          </Button>
        </div>
        <p className={text.hint}>
          {t('open.limits', {
            megabytes: MAX_FILE_BYTES / 2 ** 20,
            megapixels: MAX_PIXELS / 2 ** 20,
            side: MAX_SIDE.toLocaleString('en'),
          })}
        </p>
      </div>
      <RecentDocuments />
      <div className={styles.samples} role="group" aria-label={t('open.samples')}>
        {SAMPLES.map((sample) => (
          <button
            key={sample.id}
            type="button"
            className={styles.sample}
            data-sample={sample.id}
            onClick={() => void app.opener.openSample(sample)}
          >
            <img src={thumbnailUrl(sample, app.pageUrl, app.filesPath)} alt="" />
            <span className={styles.name}>{localized(sample.name)}</span>
            <span className={styles.task}>{localized(sample.task)}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
