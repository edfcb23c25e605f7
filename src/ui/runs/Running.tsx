import { CirclePlay, Square } from 'lucide-react'
import { selectRunsPromptless } from '../../state/model/formSelectors'
import { expectedMs, runFacts } from '../../state/runs/runFacts'
import type { Run } from '../../state/runs/runs'
import { selectActiveCount, selectHasRoom } from '../../state/runs/runSelectors'
import { useApp, useAppState, useObstacles } from '../hooks/useApp'
import { useNow } from '../hooks/useNow'
import { type Translate, useT } from '../hooks/useT'
import { GuardedButton } from '../kit/GuardedButton'
import textStyles from '../kit/text.module.css'
import { InspectButton } from './InspectButton'
import { outageText } from './outageText'
import styles from './RunBar.module.css'
import { durationText, runTitle } from './runText'
import { endText, stageText } from './stageText'

/** A run's progress, and what can be done about it. */
export function Running({ run }: { readonly run: Run }) {
  const app = useApp()
  const t = useT()
  const now = useNow()
  const room = useAppState(({ runs }) => selectHasRoom(runs))
  const isBlocked = useObstacles().length > 0
  const promptless = useAppState(selectRunsPromptless)
  const another = t(promptless ? 'run.promptless' : 'run.another')
  const { id } = run.record
  const expected = useAppState(({ runs }) => expectedMs(runs.runs, run.record))
  const seconds = Math.max(0, Math.floor((now - run.startedAt) / 1000))
  const elapsed =
    expected === null || expected < 1000 * seconds
      ? t('stage.elapsed', { seconds })
      : t('stage.elapsedOf', { seconds, expected: durationText(Math.ceil(expected / 1000) * 1000, t) })
  const isOneOfMany = useAppState(({ runs }) => selectActiveCount(runs) > 1)
  const models = useAppState((state) => state.models)
  const isAsking = run.stage === 'unclear' || run.stage === 'unsent'
  const percent = run.progress === null ? null : Math.round(run.progress * 100)
  return (
    <>
      <div className={styles.buttons} data-asks={isAsking || run.stage === 'stalled' ? '' : undefined}>
        {run.stage === 'unclear' && <UnclearChoices id={id} t={t} />}
        {run.stage === 'unsent' && <UnsentChoices id={id} t={t} />}
        {run.stage === 'stalled' && (
          <GuardedButton onPress={() => void app.runner.keepWaiting(id)}>
            {t('run.keepWaiting')}
          </GuardedButton>
        )}
        {room && !isAsking && (
          <GuardedButton
            disabled={isBlocked}
            aria-label={another}
            title={another}
            onPress={() => void app.runner.start({ another: true })}
          >
            <CirclePlay className={styles.icon} aria-hidden="true" />
            <span className={styles.word}>{another}</span>
          </GuardedButton>
        )}
        {!isAsking && (
          <GuardedButton
            key={id}
            className={styles.main}
            disabled={run.stage === 'canceling'}
            onPress={() => void app.runner.cancel(id)}
          >
            <Square aria-hidden="true" />
            {t('run.cancel')}
          </GuardedButton>
        )}
      </div>
      <progress
        className={styles.progress}
        aria-label={t('run.progress')}
        max={100}
        {...(run.stage === 'unsent'
          ? { value: 0 }
          : percent === null || run.stage === 'waiting'
            ? {}
            : { value: percent })}
      />
      <output className={styles.status} id="run-status" aria-label={t('run.status')}>
        {isOneOfMany && <strong className={styles.which}>{runTitle(runFacts(run.record, models), t)}</strong>}
        <RunStatus run={run} now={now} t={t} />
        <span aria-hidden="true">
          {percent !== null && run.stage === 'following' && `${t('stage.percent', { percent })} · `}
          {run.stage !== 'unsent' && elapsed}
        </span>
      </output>
      <InspectButton runId={id} />
    </>
  )
}

/** How often a screen reader says how long an outage lasts, s. */
const SPOKEN_EVERY_S = 10

function RunStatus({ run, now, t }: { readonly run: Run; readonly now: number; readonly t: Translate }) {
  const outage = outageText(run, now, t)
  if (outage === null) return <span>{stageText(run, now, t)}</span>
  return (
    <>
      <span aria-hidden="true">{outage}</span>
      <span className={textStyles.visuallyHidden}>{outageText(run, now, t, SPOKEN_EVERY_S)}</span>
    </>
  )
}

/** The answer to create was lost: only the user decides whether to send again. */
function UnclearChoices({ id, t }: { readonly id: string; readonly t: Translate }) {
  const app = useApp()
  return (
    <>
      <GuardedButton small onPress={() => void app.runner.answer(id, 'lookup')}>
        {t('run.lookAgain')}
      </GuardedButton>
      <GuardedButton
        small
        title={t('run.sendAgainHint')}
        onPress={() => void app.runner.answer(id, 'resend')}
      >
        {t('run.sendAgain')}
      </GuardedButton>
      <GuardedButton small onPress={() => void app.runner.answer(id, 'leave')}>
        {t('run.leave')}
      </GuardedButton>
    </>
  )
}

/** Nothing has gone out yet: it does on a click, once. */
function UnsentChoices({ id, t }: { readonly id: string; readonly t: Translate }) {
  const app = useApp()
  return (
    <>
      <GuardedButton primary className={styles.main} onPress={() => void app.runner.answer(id, 'resend')}>
        {t('run.send')}
      </GuardedButton>
      <GuardedButton onPress={() => void app.runner.answer(id, 'leave')}>{t('run.discard')}</GuardedButton>
    </>
  )
}

/** How a run has ended. */
export function RunEnd({ run }: { readonly run: Run }) {
  return endText(run, useT())
}
