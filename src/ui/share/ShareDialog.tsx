import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openDialog } from '../../state/dialogStore'
import { copyLink } from '../../state/exportController'
import { reportError } from '../../state/messageStore'
import { useSession } from '../../state/sessionStore'
import { makeLink } from '../../state/shareController'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { useT } from '../hooks/useT'

export function ShareDialog() {
  const t = useT()
  const source = useSession((state) => state.source)
  const [url, setUrl] = useState('')
  useEffect(() => {
    let open = true
    const make = async () => {
      const link = await makeLink()
      if (open) setUrl(link.url)
    }
    make().catch(reportError)
    return () => {
      open = false
    }
  }, [])
  return (
    <Dialog title={t('share.title')} onClose={() => openDialog(null)}>
      <div className={layoutStyles.stack}>
        <p className={text.hint}>{t('share.about')}</p>
        {source?.link.kind === 'file' && <p>{t('share.file', { name: source.name })}</p>}
        <Field label={t('share.link')}>
          <input type="text" readOnly value={url} onFocus={(event) => event.target.select()} />
        </Field>
        <DialogActions>
          <Button primary disabled={url === ''} onClick={() => void copyLink()}>
            <Copy aria-hidden="true" />
            {t('share.copy')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
