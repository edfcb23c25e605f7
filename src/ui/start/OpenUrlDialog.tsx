import { type FormEvent, useState } from 'react'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import { useT } from '../hooks/useT'
import { useApp } from '../hooks/useApp'

export function OpenUrlDialog() {
  const app = useApp()
  const t = useT()
  const [url, setUrl] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    app.dialogs.open(null)
    void app.openAddress(url)
  }
  return (
    <Dialog title={t('open.url')} onClose={() => app.dialogs.open(null)}>
      <form className={layoutStyles.stack} onSubmit={submit}>
        <Field label={t('open.urlLabel')} hint={t('open.urlHint')}>
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            placeholder="https://"
            aria-label={t('open.urlLabel')}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <DialogActions>
          <Button type="submit" primary disabled={url.trim() === ''}>
            {t('open.urlGo')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
