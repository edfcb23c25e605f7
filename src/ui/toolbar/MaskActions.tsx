import { CircleSlash2, Contrast, FileDown, FileUp, RotateCcw } from 'lucide-react'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { selectCanRestoreMask, selectIsMaskEmpty } from '../../state/session/maskState'
import { IconButton } from '../kit/IconButton'
import { chooseFile } from '../kit/pickFile'
import { LazyOverlayMenu, LazyRefineMenu } from './menus'
import styles from './ToolOptions.module.css'

/** What acts on the whole mask: how it is seen, then changes, then files. */
export function MaskActions() {
  const app = useApp()
  const t = useT()
  const editor = useAppState(({ session: state }) => state.editor)
  const empty = useAppState(selectIsMaskEmpty)
  const canRestore = useAppState(selectCanRestoreMask)
  return (
    <div className={styles.actions} role="group" aria-label={t('mask.group')}>
      <LazyOverlayMenu />
      <span className={styles.rule} />
      <CommandButton command="mask.invert" word={t('mask.invertWord')} icon={Contrast} disabled={!editor} />
      {/* One button that changes, so that it keeps the focus. */}
      <CommandButton
        {...(canRestore
          ? { command: 'mask.restore', word: t('mask.restoreWord'), icon: RotateCcw }
          : { command: 'mask.clear', word: t('mask.clearWord'), icon: CircleSlash2, disabled: empty })}
      />
      <LazyRefineMenu />
      <span className={styles.rule} />
      <IconButton
        icon={FileUp}
        label={t('mask.import')}
        word={t('mask.importWord')}
        onClick={() => chooseFile('image/*', (file) => void app.maskImport.open(file))}
        disabled={!editor}
      />
      <IconButton
        icon={FileDown}
        label={t('mask.export')}
        word={t('mask.exportWord')}
        onClick={() => void app.exporter.mask()}
        disabled={!editor}
      />
    </div>
  )
}
