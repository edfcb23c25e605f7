import { CircleSlash2, Contrast } from 'lucide-react'
import { isMaskEmpty } from '../../core/mask/mask'
import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { LazyOverlayMenu } from './menus'
import styles from './ToolOptions.module.css'

/** What acts on the whole sampling area, in place of what acts on the mask. */
export function SamplingActions() {
  const t = useT()
  const editor = useAppState(({ session }) => session.editor)
  useAppState(({ session }) => session.revision)
  const apply = (kind: 'invert' | 'clear') => () => editor?.apply({ kind }, 'sampling')
  return (
    <div className={styles.actions} role="group" aria-label={t('paint.sampling')}>
      <LazyOverlayMenu />
      <span className={styles.rule} />
      <IconButton
        icon={Contrast}
        label={t('sampling.invert')}
        word={t('mask.invertWord')}
        disabled={!editor}
        onClick={apply('invert')}
      />
      <IconButton
        icon={CircleSlash2}
        label={t('sampling.clear')}
        word={t('mask.clearWord')}
        disabled={!editor || isMaskEmpty(editor.sampling)}
        onClick={apply('clear')}
      />
    </div>
  )
}
