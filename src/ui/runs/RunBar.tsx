import { Play, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Translate, useT } from '../hooks/useT'
import { fieldLabel } from '../form/fieldText'
import { InspectButton } from './InspectButton'
import { stageText } from './stageText'
import { outageText } from './outageText'
import { MaskFindings } from '../form/MaskFindings'
import { Button, LinkButton } from '../kit/Button'
import styles from './RunBar.module.css'
import { keyProps } from '../commands/command'
import { pageCommand } from '../commands/pageCommands'
import { useApp, useAppState, useObstacles } from '../hooks/useApp'
import { type Run, selectActiveRun, selectHasRoom } from '../../state/runs/runs'
import type { Obstacle } from '../../state/runs/obstacles'
import { runFields, selectBackend, selectModel } from '../../state/model/forms'

/** Run with the reason why it is disabled, or Cancel with the run's progress. */
export function RunBar() {
  const t = useT()
  const run = useAppState(({ runs }) => selectActiveRun(runs))
  return (
    <div className={styles.bar} data-area="run">
      {run ? <Running run={run} t={t} /> : <Ready t={t} />}
    </div>
  )
}

function Ready({ t }: { readonly t: Translate }) {
  const app = useApp()
  const last = useAppState(({ runs, session }) =>
    runs.runs.find(({ record }) => record.document.base.key === session.source?.key),
  )
  const [obstacle] = useObstacles()
  const { keys, 'aria-keyshortcuts': spoken } = keyProps(pageCommand('run.start'))
  return (
    <>
      <MaskFindings />
      <Button
        primary
        className={styles.main}
        disabled={obstacle !== undefined}
        aria-describedby="run-status"
        title={`${t('run.run')} (${keys})`}
        aria-keyshortcuts={spoken}
        onClick={() => void app.runner.start()}
      >
        <Play aria-hidden="true" />
        {t('run.run')}
      </Button>
      <output className={styles.status} id="run-status" aria-label={t('run.status')}>
        {obstacle ? (
          <ObstacleText obstacle={obstacle} t={t} />
        ) : (
          t(last ? `status.${last.record.status}` : 'stage.ready')
        )}
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

/** A second click this soon after the start is the other half of a double click on Run, ms. */
const DOUBLE_CLICK_MS = 500

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
          <Button onClick={() => void app.runner.keepWaiting(id)}>{t('run.keepWaiting')}</Button>
        )}
        {room && run.stage !== 'unclear' && (
          <Button disabled={isBlocked} onClick={() => void app.runner.start({ another: true })}>
            {t('run.another')}
          </Button>
        )}
        {run.stage !== 'unclear' && (
          <Button
            className={styles.main}
            disabled={run.stage === 'canceling'}
            onClick={(event) => {
              // Cancel takes the place of Run under the pointer.
              const stray = event.detail > 0 && performance.now() - run.startedAt < DOUBLE_CLICK_MS
              if (!stray) void app.runner.cancel(id)
            }}
          >
            <Square aria-hidden="true" />
            {t('run.cancel')}
          </Button>
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
    </>
  )
}

/** The answer to create was lost: only the user decides whether to send again. */
function UnclearChoices({ id, t }: { readonly id: string; readonly t: Translate }) {
  const app = useApp()
  return (
    <>
      <Button small onClick={() => void app.runner.answer(id, 'lookup')}>
        {t('run.lookAgain')}
      </Button>
      <Button small title={t('run.sendAgainHint')} onClick={() => void app.runner.answer(id, 'resend')}>
        {t('run.sendAgain')}
      </Button>
      <Button small onClick={() => void app.runner.answer(id, 'leave')}>
        {t('run.leave')}
      </Button>
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
