import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { LinkPreview } from './LinkPreview'
import styles from './OpenLinkDialog.module.css'
import { useT } from '../hooks/useT'
import { useApp } from '../hooks/useApp'
import type { LinkQuestion } from '../../state/share/link'

/** Asks before a link replaces work or changes the backend. */
export function OpenLinkDialog({ question }: { readonly question: LinkQuestion }) {
  const app = useApp()
  const t = useT()
  const { link, replaces, backendUrl } = question
  return (
    <Dialog title={t('share.question')} onClose={app.links.dismiss}>
      <div className={layoutStyles.stack}>
        <LinkPreview link={link} />
        {replaces && <p>{t('share.replaces')}</p>}
        {backendUrl !== null && (
          <>
            <p>{t('share.backend')}</p>
            <p className={styles.address}>
              <bdi>{backendUrl}</bdi>
            </p>
            <p className={text.hint}>{t('share.backendNote')}</p>
          </>
        )}
        <DialogActions>
          <Button onClick={app.links.dismiss}>{t('share.refuse')}</Button>
          {backendUrl !== null && (
            <Button onClick={() => void app.links.take(link, true)}>{t('share.withBackend')}</Button>
          )}
          <Button primary onClick={() => void app.links.take(link, false)}>
            {t(backendUrl === null ? 'share.take' : 'share.without')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
