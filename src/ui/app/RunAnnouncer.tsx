import { useEffect, useState } from 'react'
import type { Run } from '../../state/runs/runs'
import { selectRunsPromptless } from '../../state/model/formSelectors'
import { useApp, useAppState } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import { endText } from '../runs/stageText'
import { endedRuns } from './runEnds'

/**
 * Says in the page's live region how a run has ended, and that Run asks about an empty prompt: the bar's own status
 * comes together with the words.
 */
export function RunAnnouncer() {
  const { state } = useApp()
  const t = useT()
  const [ended, setEnded] = useState<{ readonly runs: readonly Run[]; readonly turn: number }>()
  useEffect(() => {
    let { runs } = state.read().runs
    return state.subscribe(() => {
      const now = state.read().runs.runs
      const over = endedRuns(runs, now)
      runs = now
      if (over.length > 0) setEnded((before) => ({ runs: over, turn: (before?.turn ?? 0) + 1 }))
    })
  }, [state])
  const asks = useAppState(selectRunsPromptless)
  return (
    <>
      {asks && <p className={text.visuallyHidden}>{t('run.promptEmpty')}</p>}
      {ended && (
        // A new element each time: the same words are said again.
        <p key={ended.turn} className={text.visuallyHidden}>
          {ended.runs.map((run) => runText(run, t)).join(' ')}
        </p>
      )}
    </>
  )
}

/** The error of a run that has failed is a message. */
function runText(run: Run, t: Translate): string {
  const { status } = run.record
  if (status === 'failed') return ''
  const end = endText(run, t)
  return status === 'succeeded' ? `${end}. ${t('run.outputs', { count: run.outputs.length })}` : end
}
