import { Play, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { openDialog } from '../../state/dialogStore'
import { useForm } from '../../state/formStore'
import { type Obstacle, readiness } from '../../state/readiness'
import { cancelRun, keepWaiting, startRun } from '../../state/runController'
import { activeRun, hasRoom, type Run, useRuns } from '../../state/runsStore'
import { answerUnclear } from '../../state/unclearRun'
import { useSession } from '../../state/sessionStore'
import { useSettings } from '../../state/settingsStore'
import { type Translate, useT } from '../hooks/useT'
import { fieldLabel } from '../form/fieldText'
import { InspectButton } from './InspectButton'
import { MaskFindings } from '../form/MaskFindings'
import { findModel } from '../../state/modelStore'

/** The one primary action: Run, or Cancel with progress; and why it cannot run. */
export function RunBar() {
  const t = useT()
  const run = useRuns((state) => activeRun(state.runs))
  return <div className="run-bar">{run ? <Running run={run} t={t} /> : <Ready t={t} />}</div>
}

function Ready({ t }: { readonly t: Translate }) {
  // What readiness() looks at: any change may lift or raise an obstacle.
  useSession((state) => state.revision)
  useForm((state) => state.values)
  useSettings()
  const open = useSession((state) => state.source?.key)
  const last = useRuns((state) => state.runs.find(({ record }) => record.source.key === open))
  const obstacle = readiness()[0]
  return (
    <>
      <MaskFindings />
      <button
        type="button"
        className="button primary run"
        disabled={obstacle !== undefined}
        aria-describedby="run-status"
        title={`${t('run.run')} (Ctrl+Enter)`}
        onClick={() => void startRun()}
      >
        <Play aria-hidden="true" />
        {t('run.run')}
      </button>
      <output className="run-status" id="run-status" aria-label={t('run.status')}>
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
  const modelId = useSettings((state) => state.modelId)
  if (obstacle.code === 'bad-field') {
    const field = findModel(modelId).fields.find(({ name }) => name === obstacle.field)
    return t('obstacle.bad-field', { field: field ? fieldLabel(t, field) : obstacle.field })
  }
  const text = t(`obstacle.${obstacle.code}`)
  return obstacle.code === 'no-backend-url' || obstacle.code === 'bad-backend-url' ? (
    <button type="button" className="link-button" onClick={() => openDialog('backend')}>
      {text}
    </button>
  ) : (
    text
  )
}

/** A second pointer click this soon after the start belongs to the one that started the run. */
const DOUBLE_CLICK_MS = 500

function Running({ run, t }: { readonly run: Run; readonly t: Translate }) {
  const now = useNow()
  const room = useRuns((state) => hasRoom(state.runs))
  const { id } = run.record
  const percent = run.progress === null ? null : Math.round(run.progress * 100)
  return (
    <>
      <div className="run-buttons">
        {run.stage === 'unclear' && <UnclearChoices id={id} t={t} />}
        {run.stage === 'stalled' && (
          <button type="button" className="button" onClick={() => keepWaiting(id)}>
            {t('run.keepWaiting')}
          </button>
        )}
        {room && run.stage !== 'unclear' && (
          <button
            type="button"
            className="button"
            disabled={readiness().length > 0}
            onClick={() => void startRun({ another: true })}
          >
            {t('run.another')}
          </button>
        )}
        {run.stage !== 'unclear' && (
          <button
            type="button"
            className="button cancel"
            disabled={run.stage === 'canceling'}
            onClick={(event) => {
              // The second click of a double click on Run falls on the button that took its place.
              const stray = event.detail > 0 && performance.now() - run.startedAt < DOUBLE_CLICK_MS
              if (!stray) void cancelRun(id)
            }}
          >
            <Square aria-hidden="true" />
            {t('run.cancel')}
          </button>
        )}
      </div>
      <progress
        aria-label={t('run.progress')}
        max={100}
        {...(percent === null || run.stage === 'waiting' ? {} : { value: percent })}
      />
      <output className="run-status" id="run-status" aria-label={t('run.status')}>
        <span>{stageText(run, now, t)}</span>
        <span className="run-numbers" aria-hidden="true">
          {percent !== null && run.stage === 'following' && `${t('stage.percent', { percent })} · `}
          {t('stage.elapsed', { seconds: Math.max(0, Math.floor((now - run.startedAt) / 1000)) })}
        </span>
      </output>
    </>
  )
}

/** The answer to create was lost: nothing is sent again unless the user says so. */
function UnclearChoices({ id, t }: { readonly id: string; readonly t: Translate }) {
  return (
    <>
      <button type="button" className="button small" onClick={() => answerUnclear(id, 'look')}>
        {t('run.lookAgain')}
      </button>
      <button
        type="button"
        className="button small"
        title={t('run.sendAgainHint')}
        onClick={() => answerUnclear(id, 'send')}
      >
        {t('run.sendAgain')}
      </button>
      <button type="button" className="button small" onClick={() => answerUnclear(id, 'leave')}>
        {t('run.leave')}
      </button>
    </>
  )
}

function stageText(run: Run, now: number, t: Translate): string {
  if (run.stage === 'waiting') {
    return t('stage.waiting', { seconds: Math.max(0, Math.ceil(((run.resendAt ?? now) - now) / 1000)) })
  }
  if (run.stage === 'following') {
    if (run.rawStatus) return t('stage.unknown', { word: run.rawStatus })
    return t(run.progress === null || run.progress === 0 ? 'stage.starting' : 'stage.processing')
  }
  return run.stage === 'done' ? t('stage.ready') : t(`stage.${run.stage}`)
}

/** The page's clock, four times a second. */
function useNow(): number {
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return now
}
