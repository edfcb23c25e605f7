import type { ErrorCode } from '../../core/errors'
import { outageSeconds } from '../../core/run/outage'
import type { Run } from '../../state/runs/runs'
import type { Translate } from '../hooks/useT'

/** Why a poll failed, in a few words; what is not listed was an answer that could not be read. */
const REASONS: Readonly<Partial<Record<ErrorCode, Parameters<Translate>[0]>>> = {
  'backend/offline': 'outage.offline',
  'backend/unreachable': 'outage.unreachable',
  'backend/cors': 'outage.cors',
  'backend/local-network': 'outage.localNetwork',
  'backend/mixed-content': 'outage.cors',
  'backend/policy': 'outage.policy',
  'backend/timeout': 'outage.timeout',
  'backend/unauthorized': 'outage.token',
  'backend/forbidden': 'outage.forbidden',
  'backend/payment': 'outage.payment',
  'backend/not-found': 'outage.unknown',
  'backend/method-not-allowed': 'outage.unknown',
  'backend/rate-limited': 'outage.busy',
  'backend/busy': 'outage.busy',
  'backend/server-error': 'outage.status',
  'backend/rejected': 'outage.status',
}

/**
 * @param everySeconds how often the text changes: a screen reader says each change
 * @returns how long the backend has given no good answer, and why; null while there is nothing to say
 */
export function outageText({ outage }: Run, now: number, t: Translate, everySeconds = 1): string | null {
  const seconds = outage && outageSeconds(outage, now)
  if (outage === null || seconds === null) return null
  const said = t('stage.outage', { seconds: Math.floor(seconds / everySeconds) * everySeconds })
  if (!outage.error) return said
  return `${said} (${t(REASONS[outage.error.code] ?? 'outage.unread', outage.error.params)})`
}
