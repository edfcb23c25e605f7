import { CircleSlash2, Contrast, FileDown, FileUp, PenLine, Settings2, Spline } from 'lucide-react'
import { useState } from 'react'
import { toolById } from '../../editor/toolRegistry'
import { IconButton } from '../kit/IconButton'
import { SliderField } from '../kit/SliderField'
import { LazyOverlayMenu, LazyRefineMenu } from './menus'
import { WandOptions } from './WandOptions'
import { chooseFile } from '../kit/pickFile'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import styles from './ToolOptions.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'
import { BRUSH_LIMITS } from '../../state/shell/toolSettings'
import { selectTakesMask } from '../../state/model/forms'

/** The chosen tool's settings, and the actions on the whole mask. */
export function ToolOptions() {
  const app = useApp()
  const t = useT()
  const { toolId, brush, usePressure } = useAppState(({ tools }) => tools)
  const editor = useAppState(({ session: state }) => state.editor)
  useAppState(({ session: state }) => state.revision)
  const phone = useLayout() === 'phone'
  const [opened, setOpened] = useState(false)
  const { options } = toolById(toolId)
  const isShown = opened || !phone
  const hasBrush = options === 'brush' && isShown
  const empty = !editor || editor.isEmpty
  if (!useAppState(selectTakesMask)) {
    return (
      <div className={styles.options} role="group" aria-label={t('options.label')}>
        <p className={text.hint}>{t('options.noMask')}</p>
      </div>
    )
  }
  return (
    <div className={styles.options} role="group" aria-label={t('options.label')}>
      {hasBrush && (
        <div className={styles.sliders}>
          <SliderField
            label={t('brush.size')}
            shortLabel={t('brush.sizeShort')}
            unit={t('unit.px')}
            value={brush.size}
            low={BRUSH_LIMITS.size[0]}
            high={BRUSH_LIMITS.size[1]}
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
      )}
      {options === 'wand' && isShown && <WandOptions />}
      <div className={styles.actions}>
        {phone && options && (
          <IconButton
            icon={Settings2}
            label={t('options.brush')}
            pressed={opened}
            onClick={() => setOpened(!opened)}
          />
        )}
        {hasBrush && (
          <IconButton
            icon={Spline}
            label={t('brush.smoothEdge')}
            pressed={brush.smoothEdge}
            onClick={() => app.tools.setBrush({ smoothEdge: !brush.smoothEdge })}
          />
        )}
        {hasBrush && (
          <IconButton
            icon={PenLine}
            label={t('brush.pressure')}
            pressed={usePressure}
            onClick={() => app.tools.setPressure(!usePressure)}
          />
        )}
        <LazyOverlayMenu />
        <CommandButton command="mask.invert" icon={Contrast} disabled={!editor} />
        <CommandButton command="mask.clear" icon={CircleSlash2} disabled={empty} />
        <LazyRefineMenu />
        <IconButton
          icon={FileUp}
          label={t('mask.import')}
          onClick={() => chooseFile((file) => void app.maskImport.open(file))}
          disabled={!editor}
        />
        <IconButton
          icon={FileDown}
          label={t('mask.export')}
          onClick={() => void app.exporter.mask()}
          disabled={!editor}
        />
      </div>
    </div>
  )
}
