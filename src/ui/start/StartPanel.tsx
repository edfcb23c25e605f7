import { ClipboardPaste, FolderOpen, Globe } from 'lucide-react'
import { MAX_FILE_BYTES, MAX_PIXELS, MAX_SIDE } from '../../core/image/limits'
import { openDialog } from '../../state/dialogStore'
import { openClipboard, openSample } from '../../state/openImage'
import { SAMPLES, sampleUrl } from '../../state/samples'
import { useSession } from '../../state/sessionStore'
import { useLocalized, useT } from '../hooks/useT'
import { pickFile } from './pickFile'

/** What the middle shows while nothing is open. */
export function StartPanel() {
  const t = useT()
  const localized = useLocalized()
  const opening = useSession((state) => state.opening)
  return (
    <section className="start" aria-label={t('open.title')} aria-busy={opening !== null}>
      <div className="start-drop">
        <h2>{t('open.title')}</h2>
        <p>{t('open.hint')}</p>
        <div className="start-buttons">
          <button type="button" className="button primary" onClick={pickFile}>
            <FolderOpen aria-hidden="true" />
            {t('open.file')}
          </button>
          <button type="button" className="button" onClick={() => void openClipboard()}>
            <ClipboardPaste aria-hidden="true" />
            {t('open.paste')}
          </button>
          <button type="button" className="button" onClick={() => openDialog('url')}>
            <Globe aria-hidden="true" />
            {t('open.url')}
          </button>
        </div>
        <p className="hint">
          {t('open.limits', {
            megabytes: MAX_FILE_BYTES / 2 ** 20,
            megapixels: MAX_PIXELS / 1e6,
            side: MAX_SIDE.toLocaleString('en'),
          })}
        </p>
      </div>
      <div className="samples" role="group" aria-label={t('open.samples')}>
        {SAMPLES.map((sample) => (
          <button key={sample.id} type="button" className="sample" onClick={() => void openSample(sample)}>
            <img src={sampleUrl(sample)} alt="" />
            <span className="sample-name">{localized(sample.name)}</span>
            <span className="sample-task">{localized(sample.task)}</span>
          </button>
        ))}
      </div>
    </section>
  )
}
