import { Settings2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { selects } from '../../editor/tool'
import { toolById } from '../../editor/toolRegistry'
import { BrushOptions } from './BrushOptions'
import { LazyGuideActions } from './guideParts'
import { MaskActions } from './MaskActions'
import { LazyPaintAreaOptions, LazySamplingActions } from './samplingParts'
import { LazyCombineOptions, LazyWandOptions } from './selectingParts'
import { IconButton } from '../kit/IconButton'
import { useLayout } from '../hooks/useMedia'
import { useLocalized, useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import styles from './ToolOptions.module.css'
import { useAppState } from '../hooks/useApp'
import { selectTakesMask } from '../../state/model/formSelectors'
import { selectPaintArea } from '../../state/session/paintArea'

/** The chosen tool's settings and help, and the actions on the whole mask. */
export function ToolOptions() {
  const t = useT()
  const localized = useLocalized()
  const toolId = useAppState(({ tools }) => tools.toolId)
  const phone = useLayout() === 'phone'
  const [opened, setOpened] = useState(false)
  const tool = toolById(toolId)
  const { options, help, draws } = tool
  const isSelecting = selects(tool)
  const isSampling = useAppState(selectPaintArea) === 'sampling'
  // Without a network it is there when it is chosen.
  useEffect(() => {
    void LazySamplingActions.preload()
    void LazyGuideActions.preload()
  }, [])
  const isShown = opened || !phone
  if (!useAppState(selectTakesMask)) {
    return (
      <div className={styles.options} role="group" aria-label={t('options.label')}>
        <p className={text.hint}>{t('options.noMask')}</p>
      </div>
    )
  }
  return (
    <div className={styles.options} role="group" aria-label={t('options.label')} data-options={options}>
      {isShown && (
        <div className={styles.settings}>
          {!draws && <LazyPaintAreaOptions />}
          {options === 'brush' && <BrushOptions />}
          {isSelecting && <LazyCombineOptions />}
          {options === 'wand' && <LazyWandOptions />}
          <p className={styles.help} title={localized(help)}>
            <span>{localized(help)}</span>
          </p>
        </div>
      )}
      <div className={styles.always}>
        {phone && (
          <IconButton
            icon={Settings2}
            label={t('options.brush')}
            pressed={opened}
            onClick={() => setOpened(!opened)}
          />
        )}
        {draws ? <LazyGuideActions /> : isSampling ? <LazySamplingActions /> : <MaskActions />}
      </div>
    </div>
  )
}
