import { dismissLink, type LinkQuestion } from '../../state/linkStore'
import { takeLink } from '../../state/shareController'
import { Dialog } from '../kit/Dialog'
import { useT } from '../hooks/useT'

/** A link that would replace work, or that suggests a backend, asks first. */
export function OpenLinkDialog({ question }: { readonly question: LinkQuestion }) {
  const t = useT()
  const { link, replaces, backendUrl } = question
  return (
    <Dialog title={t('share.question')} onClose={dismissLink}>
      <div className="stack">
        {replaces && <p>{t('share.replaces')}</p>}
        {backendUrl !== null && (
          <>
            <p>{t('share.backend')}</p>
            <p className="address">
              <bdi>{backendUrl}</bdi>
            </p>
            <p className="hint">{t('share.backendNote')}</p>
          </>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={dismissLink}>
            {t('share.refuse')}
          </button>
          {backendUrl !== null && (
            <button type="button" className="button" onClick={() => void takeLink(link, true)}>
              {t('share.withBackend')}
            </button>
          )}
          <button type="button" className="button primary" onClick={() => void takeLink(link, false)}>
            {t(backendUrl === null ? 'share.take' : 'share.without')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
