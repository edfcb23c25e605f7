import { CircleSlash2, Contrast, FileDown, FileUp, PenLine, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { toolById } from '../../editor/toolRegistry'
import { BRUSH_LIMITS, useEditor } from '../../state/editorStore'
import { exportMask } from '../../state/exportController'
import { useTakesMask } from '../../state/formStore'
import { importMask } from '../../state/maskImport'
import { useSession } from '../../state/sessionStore'
import { IconButton } from '../kit/IconButton'
import { SliderField } from '../kit/SliderField'
import { OverlayMenu } from './OverlayMenu'
import { RefineMenu } from './RefineMenu'
import { WandOptions } from './WandOptions'
import { chooseFile } from '../start/pickFile'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import styles from './ToolOptions.module.css'
import { CommandButton } from '../commands/CommandButton'

/** The chosen tool's settings, and the actions on the whole mask. */
export function ToolOptions() {
  const t = useT()
  const { toolId, brush, setBrush, usePressure, setPressure } = useEditor()
  const editor = useSession((state) => state.editor)
  useSession((state) => state.revision)
  const phone = useLayout() === 'phone'
  const [opened, setOpened] = useState(false)
  const { options } = toolById(toolId)
  const hasBrush = options === 'brush'
  const empty = !editor || editor.isEmpty
  if (!useTakesMask()) {
    return (
      <div className={styles.options} role="group" aria-label={t('options.label')}>
        <p className={text.hint}>{t('options.noMask')}</p>
      </div>
    )
  }
  return (
    <div className={styles.options} role="group" aria-label={t('options.label')}>
      {hasBrush && (opened || !phone) && (
        <div className={styles.sliders}>
          <SliderField
            label={t('brush.size')}
            shortLabel={t('brush.sizeShort')}
            unit={t('unit.px')}
            value={brush.size}
            low={BRUSH_LIMITS.size[0]}
            high={BRUSH_LIMITS.size[1]}
            onChange={(size) => setBrush({ size })}
          />
          <SliderField
            label={t('brush.hardness')}
            unit={t('unit.percent')}
            value={brush.hardness}
            low={BRUSH_LIMITS.hardness[0]}
            high={BRUSH_LIMITS.hardness[1]}
            onChange={(hardness) => setBrush({ hardness })}
          />
          <SliderField
            label={t('brush.opacity')}
            unit={t('unit.percent')}
            value={brush.opacity}
            low={BRUSH_LIMITS.opacity[0]}
            high={BRUSH_LIMITS.opacity[1]}
            onChange={(opacity) => setBrush({ opacity })}
          />
        </div>
      )}
      {options === 'wand' && (opened || !phone) && <WandOptions />}
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
            icon={PenLine}
            label={t('brush.pressure')}
            pressed={usePressure}
            onClick={() => setPressure(!usePressure)}
          />
        )}
        <OverlayMenu />
        <CommandButton command="mask.invert" icon={Contrast} disabled={!editor} />
        <CommandButton command="mask.clear" icon={CircleSlash2} disabled={empty} />
        <RefineMenu />
        <IconButton
          icon={FileUp}
          label={t('mask.import')}
          onClick={() => chooseFile((file) => void importMask(file))}
          disabled={!editor}
        />
        <IconButton
          icon={FileDown}
          label={t('mask.export')}
          onClick={() => void exportMask()}
          disabled={!editor}
        />
      </div>
    </div>
  )
}
