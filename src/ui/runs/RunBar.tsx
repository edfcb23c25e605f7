import { clsx } from 'clsx'
import { Play } from 'lucide-react'
import { useState } from 'react'
import { type Translate, useT } from '../hooks/useT'
import { InspectButton } from './InspectButton'
import { LazyBadField, LazyRunEnd, LazyRunning, LazySendInfo } from './lazyRuns'
import { MaskFindings } from '../form/MaskFindings'
import { LinkButton } from '../kit/Button'
import { GuardedButton } from '../kit/GuardedButton'
import styles from './RunBar.module.css'
import { keyProps } from '../commands/command'
import { pageCommand } from '../commands/pageCommands'
import { useApp, useAppState, useObstacles } from '../hooks/useApp'
import { selectActiveRun } from '../../state/runs/runSelectors'
import { selectIsComparing } from '../../state/runs/selection'
import type { Obstacle } from '../../state/runs/obstacles'
import { selectRunsPromptless } from '../../state/model/formSelectors'

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
      {run ? <LazyRunning run={run} /> : <Ready t={t} replaces={hasRun} />}
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
  const comparing = useAppState(selectIsComparing)
  // One primary action on the screen: opening a picture before, applying a frame or an output meanwhile.
  const isMain = useAppState(({ session, view }) => session.source !== null && !view.framing && !comparing)
  const mayRunPromptless = useAppState(selectRunsPromptless)
  const promptless = mayRunPromptless && obstacle === undefined
  // Beside its outputs it is said how a run has ended.
  const asks = promptless && !(comparing && last)
  const name = t(promptless ? 'run.promptless' : 'run.run')
  const { keys, 'aria-keyshortcuts': spoken } = keyProps(pageCommand('run.start'))
  return (
    <>
      <MaskFindings />
      <LazySendInfo />
      <GuardedButton
        primary={isMain}
        replaces={replaces}
        className={clsx(styles.main, promptless && styles.long)}
        disabled={obstacle !== undefined}
        aria-describedby="run-status"
        title={`${name} (${keys})`}
        aria-keyshortcuts={spoken}
        onPress={() => void app.runner.start()}
      >
        <Play aria-hidden="true" />
        {name}
      </GuardedButton>
      {/* The page's live region says how a run has ended. */}
      <output
        className={styles.status}
        id="run-status"
        aria-label={t('run.status')}
        aria-live="off"
        data-reason={obstacle ? '' : undefined}
        data-question={asks ? '' : undefined}
        data-quiet={obstacle || asks || last ? undefined : ''}
      >
        {obstacle ? (
          <ObstacleText obstacle={obstacle} t={t} />
        ) : asks ? (
          t('run.promptEmpty')
        ) : last ? (
          <LazyRunEnd run={last} />
        ) : (
          t('stage.ready')
        )}
      </output>
      {last && <InspectButton runId={last.record.id} />}
    </>
  )
}

/** Obstacles that are cleared in the backend dialog. */
const IN_DIALOG: ReadonlySet<Obstacle['code']> = new Set([
  'no-backend-url',
  'bad-backend-url',
  'no-model-file',
])

function ObstacleText({ obstacle, t }: { readonly obstacle: Obstacle; readonly t: Translate }) {
  const app = useApp()
  if (obstacle.code === 'bad-field') return <LazyBadField name={obstacle.field} />
  const text = t(`obstacle.${obstacle.code}`)
  if (obstacle.code === 'mask-outside')
    return <LinkButton onClick={() => void app.sending.reset()}>{text}</LinkButton>
  return IN_DIALOG.has(obstacle.code) ? (
    <LinkButton onClick={() => app.dialogs.open('backend')}>{text}</LinkButton>
  ) : (
    text
  )
}
