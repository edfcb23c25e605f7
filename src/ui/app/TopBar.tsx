import { Ellipsis, FolderOpen, Link2, Redo2, Server, Undo2 } from 'lucide-react'
import { openDialog, toggleSheet } from '../../state/dialogStore'
import { canUndo, undo, useSession } from '../../state/sessionStore'
import { IconButton } from '../kit/IconButton'
import { pickFile } from '../start/pickFile'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { ExportMenu } from '../picture/ExportMenu'
import { Preferences } from './Preferences'
import { ViewSwitch } from './ViewSwitch'
import { ZoomControls } from '../canvas/ZoomControls'

/** The bar over everything: what is open, undo, zoom, and where things go. */
export function TopBar() {
  const t = useT()
  const layout = useLayout()
  const { source, editor, before } = useSession()
  useSession((state) => state.revision)
  const phone = layout === 'phone'
  return (
    <header className="topbar">
      <h1 className="brand">{t('app.name')}</h1>
      {source && <IconButton icon={FolderOpen} label={t('open.file')} onClick={pickFile} />}
      {source && (
        <span className="file" title={source.name}>
          <span className="file-name">{source.name}</span>
          <span className="file-size">
            {t('open.size', { width: source.pixels.width, height: source.pixels.height })}
          </span>
        </span>
      )}
      <div className="group">
        <IconButton
          icon={Undo2}
          label={t('edit.undo')}
          keys="Ctrl+Z"
          onClick={undo}
          disabled={!canUndo({ editor, before })}
        />
        <IconButton
          icon={Redo2}
          label={t('edit.redo')}
          keys="Ctrl+Shift+Z"
          onClick={() => editor?.redo()}
          disabled={!editor?.canRedo}
        />
      </div>
      {!phone && source && <ZoomControls image={source.pixels} />}
      {!phone && source && <ViewSwitch />}
      <span className="spacer" />
      <div className="group">
        <IconButton icon={Link2} label={t('share.share')} text={!phone} onClick={() => openDialog('share')} />
        <ExportMenu withText={!phone} />
        <IconButton
          icon={Server}
          label={t('backend.backend')}
          text={!phone}
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
