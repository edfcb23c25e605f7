import { clsx } from 'clsx'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { Size } from '../../core/geometry'
import { actualSize, useViewport, viewOf, zoomButtons } from '../../state/viewportStore'
import { IconButton } from '../kit/IconButton'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import styles from './ZoomControls.module.css'

/** Fit, 100 %, zoom out, the zoom, zoom in. At 100 % one image pixel covers one screen pixel. */
export function ZoomControls({ image }: { readonly image: Size }) {
  const t = useT()
  const { viewport, pane, set } = useViewport()
  const zoom = pane ? viewOf(viewport, image, pane).zoom : 1
  const percent = zoom * 100
  return (
    <div className={clsx(layoutStyles.group, styles.zoom)} data-area="zoom">
      <IconButton
        icon={Maximize}
        label={t('view.fit')}
        keys="0"
        pressed={viewport === null}
        onClick={() => set(null)}
      />
      <IconButton
        className={styles.actual}
        label={t('view.actual')}
        keys="1"
        onClick={() => actualSize(image)}
      />
      <IconButton icon={Minus} label={t('view.zoomOut')} onClick={() => zoomButtons(image, -1)} />
      <output className={styles.value} aria-label={t('view.zoom')}>
        {percent < 10 ? percent.toFixed(1) : Math.round(percent)}%
      </output>
      <IconButton icon={Plus} label={t('view.zoomIn')} onClick={() => zoomButtons(image, 1)} />
    </div>
  )
}
