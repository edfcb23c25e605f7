import { Ellipsis, FolderOpen, Link2, Redo2, Server, Undo2 } from 'lucide-react'
import { openDialog, toggleSheet } from '../../state/dialogStore'
import { canUndo, useSession } from '../../state/sessionStore'
import { ZoomControls } from '../canvas/ZoomControls'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { Spacer } from '../kit/Spacer'
import { pickFile } from '../start/pickFile'
import { ExportButton } from '../picture/ExportButton'
import { ExportMenu } from './lazyParts'
import { Preferences } from './Preferences'
import styles from './TopBar.module.css'
import { ViewSwitch } from './ViewSwitch'
import { CommandButton } from '../commands/CommandButton'

/** The top bar: the open picture, undo, zoom, share, export and the backend. */
export function TopBar() {
  const t = useT()
  const layout = useLayout()
  const { source, editor, before } = useSession()
  useSession((state) => state.revision)
  const phone = layout === 'phone'
  const text = phone ? false : 'wide'
  return (
    <header className={styles.bar} data-area="top">
      <h1 className={styles.brand}>{t('app.name')}</h1>
      {source && <IconButton icon={FolderOpen} label={t('open.file')} onClick={pickFile} />}
      {source && (
        <span className={styles.file} title={source.name}>
          <span className={styles.name}>{source.name}</span>
          <span className={styles.size}>
            {t('open.size', { width: source.pixels.width, height: source.pixels.height })}
          </span>
        </span>
      )}
      <div className={layoutStyles.group}>
        <CommandButton command="edit.undo" icon={Undo2} disabled={!canUndo({ editor, before })} />
        <CommandButton command="edit.redo" icon={Redo2} disabled={!editor?.canRedo} />
      </div>
      {!phone && source && <ZoomControls image={source.pixels} />}
      {!phone && source && <ViewSwitch />}
      <Spacer />
      <div className={layoutStyles.group}>
        <IconButton icon={Link2} label={t('share.share')} text={text} onClick={() => openDialog('share')} />
        {source ? <ExportMenu text={text} /> : <ExportButton text={text} disabled />}
        <IconButton
          icon={Server}
          label={t('backend.backend')}
          text={text}
          onClick={() => openDialog('backend')}
        />
      </div>
      {layout !== 'desktop' ? (
        <IconButton icon={Ellipsis} label={t('app.menu')} onClick={() => toggleSheet('more')} />
      ) : (
        <Preferences />
      )}
    </header>
  )
}
