import { safetyWords } from '../../core/prediction/logs'
import { hasBlank, type Run } from '../../state/runs/runs'
import type { Translate } from '../hooks/useT'

/** What a run is doing, in the backend's sense: `processing` is running, with or without a progress bar. */
export function stageText(run: Run, now: number, t: Translate): string {
  const { stage, rawStatus, waitsFor, record } = run
  if (stage === 'waiting') {
    return t('stage.waiting', { seconds: Math.max(0, Math.ceil(((run.resendAt ?? now) - now) / 1000)) })
  }
  if (stage === 'following') {
    if (waitsFor) return t(`stage.${waitsFor}`)
    if (rawStatus) return t('stage.unknown', { word: rawStatus })
    return t(record.status === 'processing' ? 'stage.processing' : 'stage.starting')
  }
  return stage === 'done' ? t('stage.ready') : t(`stage.${stage}`)
}

/** How a run has ended. */
export function endText(run: Run, t: Translate): string {
  const { status } = run.record
  if (status !== 'succeeded') return t(`status.${status}`)
  if (hasBlank(run)) return t('output.blank')
  return t(safetyWords(run.logs) === '' ? 'status.succeeded' : 'status.safety')
}
