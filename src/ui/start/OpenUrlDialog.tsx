import { type FormEvent, useState } from 'react'
import { openDialog } from '../../state/dialogStore'
import { openUrl } from '../../state/openImage'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
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
