import { CircleSlash2 } from 'lucide-react'
import { guideLinesOf, isOverMask } from '../../core/mask/command/guideLines'
import { selectTakesGuides } from '../../state/session/paintArea'
import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import text from '../kit/text.module.css'
import { LazyOverlayMenu } from './menus'
import styles from './ToolOptions.module.css'

/** What acts on all guide lines, in place of what acts on the mask, and which of them do nothing. */
export function GuideActions() {
  const t = useT()
  const editor = useAppState(({ session }) => session.editor)
  useAppState(({ session }) => session.revision)
  const isHeeded = useAppState(selectTakesGuides)
  const lines = editor ? guideLinesOf(editor.commandsOf('guides')) : []
  const off = editor ? lines.filter((line) => !isOverMask(line, editor.mask)).length : 0
  return (
    <div className={styles.actions} role="group" aria-label={t('guide.lines')}>
      <output className={text.hint}>
        {!isHeeded ? t('guide.unused') : off > 0 && t('guide.off', { count: off })}
      </output>
      <LazyOverlayMenu />
      <span className={styles.rule} />
      <IconButton
        icon={CircleSlash2}
        label={t('guide.clear')}
        word={t('mask.clearWord')}
        disabled={lines.length === 0}
        onClick={() => editor?.apply({ kind: 'clear' }, 'guides')}
      />
    </div>
  )
}
