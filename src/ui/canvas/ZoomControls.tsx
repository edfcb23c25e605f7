import { clsx } from 'clsx'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { Size } from '../../core/geometry'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import styles from './ZoomControls.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useAppState } from '../hooks/useApp'
import { viewOf } from '../../state/shell/viewport'

/** Fit, 100 %, zoom out, the zoom, zoom in. At 100 % one image pixel covers one screen pixel. */
export function ZoomControls({ image }: { readonly image: Size }) {
  const t = useT()
  const { viewport, pane } = useAppState((state) => state.viewport)
  const zoom = pane ? viewOf(viewport, image, pane).zoom : 1
  const percent = zoom * 100
  return (
    <div className={clsx(layoutStyles.group, styles.zoom)} data-area="zoom">
      <CommandButton command="view.fit" icon={Maximize} pressed={viewport === null} />
      <CommandButton command="view.actual" className={styles.actual} />
      <CommandButton command="view.zoomOut" icon={Minus} />
      <output className={styles.value} aria-label={t('view.zoom')}>
        {percent < 10 ? percent.toFixed(1) : Math.round(percent)}%
      </output>
      <CommandButton command="view.zoomIn" icon={Plus} />
    </div>
  )
}
