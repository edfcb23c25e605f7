import type { Offer } from '../../state/model/ownServer'
import type { Translate } from '../hooks/useT'

/** What this server offers, in words. */
export function offerName(t: Translate, { backendId, host }: Offer): string {
  return backendId === 'cog' ? t('backend.ownCog', { host }) : t('backend.ownReplicate')
}
