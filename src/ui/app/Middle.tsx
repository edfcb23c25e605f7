import { ZoomControls } from '../canvas/ZoomControls'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { Spacer } from '../kit/Spacer'
import { StartPanel } from '../start/StartPanel'
import { ComparePanes, EditorCanvas, ToolOptions } from './lazyParts'
import { Messages } from '../messages/Messages'
import styles from './Middle.module.css'
import { OptionsBar } from '../kit/OptionsBar'
import { ViewSwitch } from './ViewSwitch'
import { useAppState } from '../hooks/useApp'
import { selectHasOutputs, selectIsComparing } from '../../state/runs/selection'

/** Tool options, and the canvas or the comparison. */
export function Middle() {
  const t = useT()
  const layout = useLayout()
  const { source, frame, editor, opening } = useAppState(({ session }) => session)
  const hasOutputs = useAppState(selectHasOutputs)
  const comparing = useAppState(selectIsComparing)
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
        {!source || !frame || !editor ? (
          <StartPanel />
        ) : comparing ? (
          <ComparePanes />
        ) : (
          <EditorCanvas key={source.key} source={source} frame={frame} editor={editor} />
        )}
        {layout === 'phone' && frame && !comparing && <ZoomControls image={frame} />}
        <Messages />
        {opening !== null && (
          <output className={styles.opening}>{t('open.opening', { name: opening.slice(0, 60) })}</output>
        )}
      </div>
    </main>
  )
}
