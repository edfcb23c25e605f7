import { Copy, QrCode, Send } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { useT } from '../hooks/useT'
import { useApp, useAppState } from '../hooks/useApp'
import { laterPart } from '../messages/lazyPart'

const LinkCode = laterPart(async () => (await import('./LinkCode')).LinkCode)

type Picture = Uint8Array<ArrayBuffer>

export function ShareDialog() {
  const app = useApp()
  const t = useT()
  const source = useAppState(({ session: state }) => state.source)
  /** What the link can carry of a picture that has no address. */
  const [small, setSmall] = useState<Picture | null>(null)
  const [embeds, setEmbeds] = useState(false)
  const [showsCode, setShowsCode] = useState(false)
  const picture = embeds ? small : null
  const url = useLink(picture)
  const isFile = source?.link.kind === 'file'
  useEffect(() => {
    app.links.smallPicture().then(setSmall, app.messages.report)
  }, [app])
  return (
    <Dialog title={t('share.title')} onClose={() => app.dialogs.open(null)}>
      <div className={layoutStyles.stack}>
        <p className={text.hint}>{t('share.about')}</p>
        {isFile && !picture && <p>{t('share.file', { name: source.name })}</p>}
        {isFile && small && (
          <label className={layoutStyles.check}>
            <input type="checkbox" checked={embeds} onChange={(event) => setEmbeds(event.target.checked)} />
            <span>
              {t('share.embed', { kilobytes: Math.ceil(small.length / 1024) })}
              {embeds && <span className={text.hint}>{t('share.embedded')}</span>}
            </span>
          </label>
        )}
        <Field label={t('share.link')}>
          <input type="text" readOnly value={url} onFocus={(event) => event.target.select()} />
        </Field>
        {showsCode && url !== '' && <LinkCode url={url} />}
        <DialogActions>
          <Button disabled={url === ''} aria-pressed={showsCode} onClick={() => setShowsCode(!showsCode)}>
            <QrCode aria-hidden="true" />
            {t('share.qr')}
          </Button>
          {'share' in navigator && (
            <Button disabled={url === ''} onClick={() => void sendLink(url).catch(app.messages.report)}>
              <Send aria-hidden="true" />
              {t('share.send')}
            </Button>
          )}
          <Button primary disabled={url === ''} onClick={() => void app.links.copy(picture)}>
            <Copy aria-hidden="true" />
            {t('share.copy')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}

/** @returns the link to what is open; empty until it is made */
function useLink(picture: Picture | null): string {
  const app = useApp()
  const [made, setMade] = useState<{ readonly of: Picture | null; readonly url: string } | null>(null)
  useEffect(() => {
    let wanted = true
    const make = async () => {
      const { url } = await app.links.make(picture)
      if (wanted) setMade({ of: picture, url })
    }
    make().catch(app.messages.report)
    return () => {
      wanted = false
    }
  }, [app, picture])
  return made?.of === picture ? (made?.url ?? '') : ''
}

/** Hands the link to the system's own dialog; leaving that is no error. */
async function sendLink(url: string): Promise<void> {
  await navigator.share({ title: 'Pentimento', url })
}
