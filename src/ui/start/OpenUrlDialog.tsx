import { type FormEvent, useState } from 'react'
import { openDialog } from '../../state/dialogStore'
import { openUrl } from '../../state/openImage'
import { Dialog } from '../kit/Dialog'
import { useT } from '../hooks/useT'

export function OpenUrlDialog() {
  const t = useT()
  const [url, setUrl] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    openDialog(null)
    void openUrl(url)
  }
  return (
    <Dialog title={t('open.url')} onClose={() => openDialog(null)}>
      <form className="stack" onSubmit={submit}>
        <label className="stack-field">
          <span>{t('open.urlLabel')}</span>
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            placeholder="https://"
            aria-label={t('open.urlLabel')}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
          <span className="hint">{t('open.urlHint')}</span>
        </label>
        <div className="dialog-actions">
          <button type="submit" className="button primary" disabled={url.trim() === ''}>
            {t('open.urlGo')}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
