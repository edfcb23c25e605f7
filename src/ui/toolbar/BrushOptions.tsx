import { PenLine, Spline } from 'lucide-react'
import { BRUSH_LIMITS } from '../../state/shell/toolSettings'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { SliderField } from '../kit/SliderField'
import styles from './ToolOptions.module.css'

/** Size, hardness and opacity of the brush, and what shapes its strokes. */
export function BrushOptions() {
  const app = useApp()
  const t = useT()
  const { brush, usePressure } = useAppState(({ tools }) => tools)
  return (
    <>
      <div className={styles.sliders}>
        <SliderField
          label={t('brush.size')}
          shortLabel={t('brush.sizeShort')}
          unit={t('unit.px')}
          value={brush.size}
          low={BRUSH_LIMITS.size[0]}
          high={BRUSH_LIMITS.size[1]}
          logarithmic
          onChange={(size) => app.tools.setBrush({ size })}
        />
        <SliderField
          label={t('brush.hardness')}
          unit={t('unit.percent')}
          value={brush.hardness}
          low={BRUSH_LIMITS.hardness[0]}
          high={BRUSH_LIMITS.hardness[1]}
          onChange={(hardness) => app.tools.setBrush({ hardness })}
        />
        <SliderField
          label={t('brush.opacity')}
          unit={t('unit.percent')}
          value={brush.opacity}
          low={BRUSH_LIMITS.opacity[0]}
          high={BRUSH_LIMITS.opacity[1]}
          onChange={(opacity) => app.tools.setBrush({ opacity })}
        />
      </div>
      <div className={styles.toggles}>
        <IconButton
          icon={Spline}
          label={t('brush.smoothEdge')}
          pressed={brush.smoothEdge}
          onClick={() => app.tools.setBrush({ smoothEdge: !brush.smoothEdge })}
        />
        <IconButton
          icon={PenLine}
          label={t('brush.pressure')}
          pressed={usePressure}
          onClick={() => app.tools.setPressure(!usePressure)}
        />
      </div>
    </>
  )
}
