import { useDeferredValue } from 'react'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { StartPanel } from '../start/StartPanel'
import {
  ComparePanes,
  DocumentNotes,
  EditorCanvas,
  FrameOptions,
  HistoryPage,
  RevealOptions,
  RunAnnouncer,
  SendOptions,
  ToolOptions,
  ZoomControls,
} from './lazyParts'
import { Messages } from '../messages/Messages'
import styles from './Middle.module.css'
import { OptionsBar } from '../kit/OptionsBar'
import { useAppState } from '../hooks/useApp'
import { LazyRunAbout } from '../runs/lazyRuns'
import { selectIsComparing, selectIsHistory, selectLookedRun } from '../../state/runs/selection'

/** Tool options, and the canvas, the comparison or the history. */
export function Middle() {
  const t = useT()
  const layout = useLayout()
  // One by one: a stroke changes none of these, and the canvas is not drawn again by it.
  const source = useAppState(({ session }) => session.source)
  const frame = useAppState(({ session }) => session.frame)
  const editor = useAppState(({ session }) => session.editor)
  const opened = useAppState(({ session }) => session.opened)
  const opening = useAppState(({ session }) => session.opening)
  const framing = useAppState(({ view }) => view.framing)
  const seen = useAppState(({ framing: { seen: whole } }) => whole)
  const isRevealing = useAppState(({ patches }) => patches.reveal !== null)
  const wanted = useAppState((state) =>
    selectIsHistory(state) ? 'history' : selectIsComparing(state) ? 'compare' : 'edit',
  )
  // A view takes the place of another in slices, not in one task with what asked for it.
  const shown = useDeferredValue(wanted)
  const comparing = shown === 'compare'
  const isHistory = shown === 'history'
  const looked = useAppState(selectLookedRun)
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  return (
    <main className={styles.middle}>
      {source && editor && !comparing && !isHistory && !isElsewhere && (
        <OptionsBar>
          {framing === 'sent' ? (
            <SendOptions />
          ) : framing ? (
            <FrameOptions />
          ) : isRevealing ? (
            <RevealOptions />
          ) : (
            <ToolOptions />
          )}
        </OptionsBar>
      )}
      {comparing && looked && <LazyRunAbout run={looked} />}
      <div
        className={styles.stage}
        data-area="stage"
        data-view={isHistory ? 'history' : comparing ? 'compare' : editor ? 'edit' : 'start'}
      >
        {isHistory ? (
          <HistoryPage />
        ) : comparing ? (
          <ComparePanes />
        ) : !source || !frame || !editor ? (
          <StartPanel />
        ) : (
          <div className={styles.view} inert={isElsewhere}>
            <EditorCanvas key={opened} source={source} frame={seen ?? frame} editor={editor} />
          </div>
        )}
        {layout === 'phone' && frame && !comparing && !isHistory && <ZoomControls image={frame} />}
        <Messages>
          <RunAnnouncer />
          <DocumentNotes />
        </Messages>
        {opening !== null && (
          <output className={styles.opening}>{t('open.opening', { name: opening.slice(0, 60) })}</output>
        )}
      </div>
    </main>
  )
}
