import type { AppErrorData } from '../errors'
import type { RunState } from './runState'

/** Without a good answer for this long the page says so, ms. */
const OUTAGE_MS = 10_000

/** A run that is asked for without a good answer: since when, and why the last poll failed, where one did. */
export interface Outage {
  readonly since: number
  readonly error: AppErrorData | null
}

/** @returns null where the last answer was good, or a poll is only just out */
export function outageOf(run: RunState): Outage | null {
  if (run.stage !== 'following') return null
  if (run.failure) return { since: run.answeredAt, error: run.failure }
  return run.requests.includes('poll') ? { since: run.askedAt, error: null } : null
}

/** @returns how long an outage has lasted, s; null while it is too short to say */
export function outageSeconds({ since }: Outage, now: number): number | null {
  return now - since >= OUTAGE_MS ? Math.floor((now - since) / 1000) : null
}
