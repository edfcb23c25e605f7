import { ChevronDown, Maximize, Minus, Plus } from 'lucide-react'
import type { Rect } from '../../core/geometry'
import { Select } from '../kit/Select'
import { useT } from '../hooks/useT'
import styles from './ZoomControls.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'
import { selectIsFitted, viewOf } from '../../state/shell/viewport'

/** The zooms of the menu, percent. */
const STOPS = [25, 50, 100, 200, 400, 800]

/** The zoom as one control: out, its value with a menu, in, Fit and 1:1, where an image pixel covers a screen pixel. */
export function ZoomControls({ image }: { readonly image: Rect }) {
  const app = useApp()
  const t = useT()
  const { pane, ...state } = useAppState(({ viewport }) => viewport)
  const fitted = useAppState(selectIsFitted)
  const percent = (pane ? viewOf(state, image, pane).zoom : 1) * 100
  const shown = `${percent < 10 ? percent.toFixed(1) : Math.round(percent)}%`
  const choose = (value: number) => {
    if (value === 0) app.viewport.set(null)
    else if (value > 0) app.viewport.zoomTo(image, value / 100)
  }
  return (
    <div className={styles.zoom} data-area="zoom" role="group" aria-label={t('view.zoom')}>
      <CommandButton command="view.zoomOut" icon={Minus} />
      <span className={styles.menu}>
        <output className={styles.value} aria-label={t('view.zoom')}>
          {shown}
        </output>
        <ChevronDown aria-hidden="true" />
        <Select
          aria-label={t('view.zoomMenu')}
          title={t('view.zoomMenu')}
          value={fitted ? 0 : -1}
          options={[
            { value: -1, text: shown },
            { value: 0, text: t('view.fit') },
            ...STOPS.map((value) => ({ value, text: `${value}%` })),
          ]}
          onChange={choose}
        />
      </span>
      <CommandButton command="view.zoomIn" icon={Plus} />
      <CommandButton command="view.fit" icon={Maximize} pressed={fitted} />
      <CommandButton command="view.actual" className={styles.actual} />
    </div>
  )
}
