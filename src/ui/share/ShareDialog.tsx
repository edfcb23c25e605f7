import { Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openDialog } from '../../state/dialogStore'
import { copyLink } from '../../state/exportController'
import { reportError } from '../../state/messageStore'
import { useSession } from '../../state/sessionStore'
import { makeLink } from '../../state/shareController'
import { Dialog } from '../kit/Dialog'
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
      <div className="stack">
        <p className="hint">{t('share.about')}</p>
        {source?.link.kind === 'file' && <p>{t('share.file', { name: source.name })}</p>}
        <label className="stack-field">
          <span>{t('share.link')}</span>
          <input type="text" readOnly value={url} onFocus={(event) => event.target.select()} />
        </label>
        <div className="dialog-actions">
          <button
            type="button"
            className="button primary"
            disabled={url === ''}
            onClick={() => void copyLink()}
          >
            <Copy aria-hidden="true" />
            {t('share.copy')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
