import { Maximize, Minus, Plus } from 'lucide-react'
import type { Size } from '../../core/geometry'
import { actualSize, useViewport, viewOf, zoomButtons } from '../../state/viewportStore'
import { IconButton } from '../kit/IconButton'
import { useT } from '../hooks/useT'

/** Fit, 100 %, out, the zoom, in. 100 % is one pixel of the picture on one pixel of the screen. */
export function ZoomControls({ image }: { readonly image: Size }) {
  const t = useT()
  const { viewport, pane, set } = useViewport()
  const zoom = pane ? viewOf(viewport, image, pane).zoom : 1
  const percent = zoom * 100
  return (
    <div className="group zoom">
      <IconButton
        icon={Maximize}
        label={t('view.fit')}
        keys="0"
        pressed={viewport === null}
        onClick={() => set(null)}
      />
      <button
        type="button"
        className="icon-button actual"
        aria-label={t('view.actual')}
        title={`${t('view.actual')} (1)`}
        onClick={() => actualSize(image)}
      />
      <IconButton icon={Minus} label={t('view.zoomOut')} onClick={() => zoomButtons(image, -1)} />
      <output className="zoom-value" aria-label={t('view.zoom')}>
        {percent < 10 ? percent.toFixed(1) : Math.round(percent)}%
      </output>
      <IconButton icon={Plus} label={t('view.zoomIn')} onClick={() => zoomButtons(image, 1)} />
    </div>
  )
}
