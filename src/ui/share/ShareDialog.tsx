import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { useT } from '../hooks/useT'
import { useApp, useAppState } from '../hooks/useApp'

export function ShareDialog() {
  const app = useApp()
  const t = useT()
  const source = useAppState(({ session: state }) => state.source)
  const [url, setUrl] = useState('')
  useEffect(() => {
    let open = true
    const make = async () => {
      const link = await app.links.make()
      if (open) setUrl(link.url)
    }
    make().catch(app.messages.report)
    return () => {
      open = false
    }
  }, [app])
  return (
    <Dialog title={t('share.title')} onClose={() => app.dialogs.open(null)}>
      <div className={layoutStyles.stack}>
        <p className={text.hint}>{t('share.about')}</p>
        {source?.link.kind === 'file' && <p>{t('share.file', { name: source.name })}</p>}
        <Field label={t('share.link')}>
          <input type="text" readOnly value={url} onFocus={(event) => event.target.select()} />
        </Field>
        <DialogActions>
          <Button primary disabled={url === ''} onClick={() => void app.links.copy()}>
            <Copy aria-hidden="true" />
            {t('share.copy')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
