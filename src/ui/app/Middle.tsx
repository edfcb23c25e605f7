import { useCompare } from '../../state/compareStore'
import { useRuns } from '../../state/runsStore'
import { useSession } from '../../state/sessionStore'
import { ZoomControls } from '../canvas/ZoomControls'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { Spacer } from '../kit/Spacer'
import { StartPanel } from '../start/StartPanel'
import { ComparePanes, EditorCanvas, ToolOptions } from './lazyParts'
import { Messages } from './Messages'
import styles from './Middle.module.css'
import { OptionsBar } from './OptionsBar'
import { ViewSwitch } from './ViewSwitch'

/** Tool options, and the canvas or the comparison. */
export function Middle() {
  const t = useT()
  const layout = useLayout()
  const { source, editor, opening } = useSession()
  const { view, runId } = useCompare()
  const hasOutputs = useRuns((state) =>
    state.runs.some((run) => run.record.id === runId && run.outputs.length > 0),
  )
  const comparing = view === 'compare' && hasOutputs
  return (
    <main className={styles.middle}>
      {source && editor && (!comparing || layout === 'phone') && (
        <OptionsBar>
          {!comparing && <ToolOptions />}
          <Spacer />
          {layout === 'phone' && hasOutputs && <ViewSwitch />}
        </OptionsBar>
      )}
      <div className={styles.stage} data-area="stage">
        {!source || !editor ? (
          <StartPanel />
        ) : comparing ? (
          <ComparePanes />
        ) : (
          <EditorCanvas key={source.key} source={source} editor={editor} />
        )}
        {layout === 'phone' && source && !comparing && <ZoomControls image={source.pixels} />}
        <Messages />
        {opening !== null && (
          <output className={styles.opening}>{t('open.opening', { name: opening.slice(0, 60) })}</output>
        )}
      </div>
    </main>
  )
}
