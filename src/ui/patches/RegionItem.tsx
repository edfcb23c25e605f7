import { Brush, PaintBucket, Play, Trash2 } from 'lucide-react'
import { MAX_REGION_NAME_CHARS, type MaskRegion } from '../../core/document/regions'
import { selectPromptField } from '../../state/runs/regionObstacles'
import { isRegionDone, isRegionOn, type RegionStage } from '../../state/runs/regionStages'
import { selectIsMaskEmpty } from '../../state/session/maskState'
import { useApp, useAppState } from '../hooks/useApp'
import { regionColor } from '../hooks/regionColors'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import styles from './regions.module.css'
import { useDraft } from './useDraft'

interface RegionItemProps {
  readonly region: MaskRegion
  readonly place: number
  readonly canRun: boolean
}

/** One region: its name, its prompt, and what can be done with it. */
export function RegionItem({ region, place, canRun }: RegionItemProps) {
  const app = useApp()
  const t = useT()
  const { id, name, prompt, mask, maskFrame } = region
  const isMaskEmpty = useAppState(selectIsMaskEmpty)
  const hasPrompt = useAppState(selectPromptField) !== null
  const stage = useStage(region)
  const nameDraft = useDraft(name, (next) => void app.regions.setText(id, next.trim() || name, prompt))
  const promptDraft = useDraft(prompt, (next) => void app.regions.setText(id, name, next))
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <span className={styles.swatch} style={{ background: regionColor(place) }} />
        <div className={styles.named}>
          <input
            {...nameDraft}
            className={styles.name}
            type="text"
            aria-label={t('regions.name', { name })}
            maxLength={MAX_REGION_NAME_CHARS}
          />
          {stage && (
            <span className={styles.stage} data-stage={stage}>
              {t(`regions.stage.${stage}`)}
            </span>
          )}
        </div>
        <IconButton
          icon={Play}
          label={t('regions.runOne', { name })}
          disabled={!canRun}
          onClick={() => void app.regions.run([id])}
        />
        <IconButton
          icon={Brush}
          label={t('regions.edit', { name })}
          onClick={() => {
            app.view.showEdit()
            void app.operations.replace(maskFrame, mask)
          }}
        />
        <IconButton
          icon={PaintBucket}
          label={t('regions.take', { name })}
          disabled={isMaskEmpty}
          onClick={() => void app.regions.takeMask(id)}
        />
        <IconButton
          icon={Trash2}
          label={t('regions.remove', { name })}
          onClick={() => void app.regions.remove(id)}
        />
      </div>
      {hasPrompt && (
        <textarea
          {...promptDraft}
          rows={2}
          aria-label={t('regions.prompt', { name })}
          placeholder={t('regions.promptWord')}
        />
      )}
    </li>
  )
}

/** Where the region stands in the last sequence, or whether a result of it is kept. */
function useStage(region: MaskRegion): RegionStage | null {
  const step = useAppState(({ regionRuns }) =>
    regionRuns.steps.find(({ regionId }) => regionId === region.id),
  )
  const isOn = useAppState(({ runs }) => isRegionOn(runs.runs, region.id))
  const isDone = useAppState(({ session }) => isRegionDone(session.source, region))
  if (isOn) return 'runs'
  if (isDone) return 'done'
  return step && step.stage !== 'done' ? step.stage : null
}
