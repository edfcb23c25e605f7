import { Play, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Translate, useT } from '../hooks/useT'
import { fieldLabel } from '../form/fieldText'
import { InspectButton } from './InspectButton'
import { outageText } from './outageText'
import { endText, stageText } from './stageText'
import { MaskFindings } from '../form/MaskFindings'
import { LinkButton } from '../kit/Button'
import { GuardedButton } from '../kit/GuardedButton'
import styles from './RunBar.module.css'
import { keyProps } from '../commands/command'
import { pageCommand } from '../commands/pageCommands'
import { useApp, useAppState, useObstacles } from '../hooks/useApp'
import { type Run, selectActiveRun, selectHasRoom } from '../../state/runs/runs'
import type { Obstacle } from '../../state/runs/obstacles'
import { runFields, selectBackend, selectModel } from '../../state/model/forms'

/**
 * Run with the reason why it is disabled, or Cancel with the run's progress. They come in one another's place: none takes
 * a press that was meant for the other.
 */
export function RunBar() {
  const t = useT()
  const run = useAppState(({ runs }) => selectActiveRun(runs))
  const [hasRun, setHasRun] = useState(false)
  if (run && !hasRun) setHasRun(true)
  return (
    <div className={styles.bar} data-area="run">
      {run ? <Running run={run} t={t} /> : <Ready t={t} replaces={hasRun} />}
    </div>
  )
}

/** @param replaces false where Cancel was never in its place */
function Ready({ t, replaces }: { readonly t: Translate; readonly replaces: boolean }) {
  const app = useApp()
  const last = useAppState(({ runs, session }) =>
    runs.runs.find(({ record }) => record.document.base.key === session.source?.key),
  )
  const [obstacle] = useObstacles()
  const { keys, 'aria-keyshortcuts': spoken } = keyProps(pageCommand('run.start'))
  return (
    <>
      <MaskFindings />
      <GuardedButton
        primary
        replaces={replaces}
        className={styles.main}
        disabled={obstacle !== undefined}
        aria-describedby="run-status"
        title={`${t('run.run')} (${keys})`}
        aria-keyshortcuts={spoken}
        onPress={() => void app.runner.start()}
      >
        <Play aria-hidden="true" />
        {t('run.run')}
      </GuardedButton>
      <output className={styles.status} id="run-status" aria-label={t('run.status')}>
        {obstacle ? <ObstacleText obstacle={obstacle} t={t} /> : last ? endText(last, t) : t('stage.ready')}
      </output>
      {last && <InspectButton runId={last.record.id} />}
    </>
  )
}

function ObstacleText({ obstacle, t }: { readonly obstacle: Obstacle; readonly t: Translate }) {
  const app = useApp()
  const model = useAppState(selectModel)
  const backend = useAppState(({ settings }) => selectBackend(settings))
  if (obstacle.code === 'bad-field') {
    const field = runFields(backend, model).find(({ name }) => name === obstacle.field)
    return t('obstacle.bad-field', { field: field ? fieldLabel(t, field) : obstacle.field })
  }
  const text = t(`obstacle.${obstacle.code}`)
  return obstacle.code === 'no-backend-url' || obstacle.code === 'bad-backend-url' ? (
    <LinkButton onClick={() => app.dialogs.open('backend')}>{text}</LinkButton>
  ) : (
    text
  )
}

function Running({ run, t }: { readonly run: Run; readonly t: Translate }) {
  const app = useApp()
  const now = useNow()
  const room = useAppState(({ runs }) => selectHasRoom(runs))
  const isBlocked = useObstacles().length > 0
  const { id } = run.record
  const percent = run.progress === null ? null : Math.round(run.progress * 100)
  return (
    <>
      <div className={styles.buttons}>
        {run.stage === 'unclear' && <UnclearChoices id={id} t={t} />}
        {run.stage === 'stalled' && (
          <GuardedButton onPress={() => void app.runner.keepWaiting(id)}>
            {t('run.keepWaiting')}
          </GuardedButton>
        )}
        {room && run.stage !== 'unclear' && (
          <GuardedButton disabled={isBlocked} onPress={() => void app.runner.start({ another: true })}>
            {t('run.another')}
          </GuardedButton>
        )}
        {run.stage !== 'unclear' && (
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
        {...(percent === null || run.stage === 'waiting' ? {} : { value: percent })}
      />
      <output className={styles.status} id="run-status" aria-label={t('run.status')}>
        <span>{outageText(run, now, t) ?? stageText(run, now, t)}</span>
        <span aria-hidden="true">
          {percent !== null && run.stage === 'following' && `${t('stage.percent', { percent })} · `}
          {t('stage.elapsed', { seconds: Math.max(0, Math.floor((now - run.startedAt) / 1000)) })}
        </span>
      </output>
      <InspectButton runId={id} />
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

/** The page's clock, ms, four times a second. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return now
}
