import { Ellipsis, FolderOpen, Redo2, Undo2 } from 'lucide-react'
import { useLayout, useMedia } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { Spacer } from '../kit/Spacer'
import { pickFile } from '../kit/pickFile'
import { ExportPlace } from '../picture/ExportButton'
import { ExportMenu, PictureControls } from './lazyParts'
import { BackendButton, ShareButton } from './DialogButtons'
import { Preferences } from './Preferences'
import styles from './TopBar.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'
import { selectIsComparing, selectIsHistory } from '../../state/runs/selection'
import { selectCanRedo, selectCanUndo } from '../../state/session/sessionSelectors'

/** The top bar: the open picture, undo, zoom, share, export and the backend. */
export function TopBar() {
  const app = useApp()
  const t = useT()
  const layout = useLayout()
  const source = useAppState(({ session }) => session.source)
  const frame = useAppState(({ session }) => session.frame)
  const canUndo = useAppState(({ session }) => selectCanUndo(session))
  const canRedo = useAppState(({ session }) => selectCanRedo(session))
  // In Compare and History the mask is not shown: nobody would see what was undone.
  const isHidden = useAppState((state) => selectIsComparing(state) || selectIsHistory(state))
  const inHistory = useAppState(selectIsHistory)
  const hasRuns = useAppState(({ runs }) => runs.runs.length > 0)
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  const isRemoving = useAppState(({ removals }) => removals.pending.length > 0)
  const phone = layout === 'phone'
  const roomy = useMedia('(min-width: 77.5625em)')
  const text = phone ? false : 'wide'
  return (
    <header className={styles.bar} data-area="top">
      <h1 className={styles.brand}>{t('app.name')}</h1>
      {source && <IconButton icon={FolderOpen} label={t('open.file')} onClick={pickFile} />}
      {source && (
        <span className={styles.file} title={source.name}>
          <span className={styles.name}>{source.name}</span>
          <span className={styles.size}>
            {frame && t('open.size', { width: frame.width, height: frame.height })}
          </span>
        </span>
      )}
      <div className={layoutStyles.group}>
        <CommandButton
          command="edit.undo"
          icon={Undo2}
          disabled={isHidden || isElsewhere || !(isRemoving || canUndo)}
        />
        <CommandButton command="edit.redo" icon={Redo2} disabled={isHidden || isElsewhere || !canRedo} />
      </div>
      {phone && <Spacer />}
      {(frame || hasRuns) && <PictureControls image={frame} zoom={!phone && !inHistory} />}
      {!phone && <Spacer />}
      <div className={layoutStyles.group}>
        {!phone && <ShareButton text={text} />}
        {source ? <ExportMenu text={text} /> : <ExportPlace text={text} />}
        {!phone && <BackendButton text={text} />}
      </div>
      {roomy ? (
        <Preferences />
      ) : (
        <IconButton icon={Ellipsis} label={t('app.menu')} onClick={() => app.dialogs.toggleSheet('more')} />
      )}
    </header>
  )
}
