import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { StartPanel } from '../start/StartPanel'
import { ComparePanes, EditorCanvas, RunAnnouncer, ToolOptions, ZoomControls } from './lazyParts'
import { Messages } from '../messages/Messages'
import styles from './Middle.module.css'
import { OptionsBar } from '../kit/OptionsBar'
import { useAppState } from '../hooks/useApp'
import { selectIsComparing } from '../../state/runs/selection'

/** Tool options, and the canvas or the comparison. */
export function Middle() {
  const t = useT()
  const layout = useLayout()
  const { source, frame, editor, opened, opening } = useAppState(({ session }) => session)
  const comparing = useAppState(selectIsComparing)
  return (
    <main className={styles.middle}>
      {source && editor && !comparing && (
        <OptionsBar>
          <ToolOptions />
        </OptionsBar>
      )}
      <div
        className={styles.stage}
        data-area="stage"
        data-view={!editor ? 'start' : comparing ? 'compare' : 'edit'}
      >
        {!source || !frame || !editor ? (
          <StartPanel />
        ) : comparing ? (
          <ComparePanes />
        ) : (
          <EditorCanvas key={opened} source={source} frame={frame} editor={editor} />
        )}
        {layout === 'phone' && frame && !comparing && <ZoomControls image={frame} />}
        <Messages>
          <RunAnnouncer />
        </Messages>
        {opening !== null && (
          <output className={styles.opening}>{t('open.opening', { name: opening.slice(0, 60) })}</output>
        )}
      </div>
    </main>
  )
}
