import { clsx } from 'clsx'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import styles from './ToolOptions.module.css'
import { useApp, useAppState } from '../hooks/useApp'

/** Sides of the square whose mean colour is taken, px. */
const SAMPLE_SIZES: readonly number[] = [1, 3, 5]

/** Which colours the magic wand takes as alike. */
export function WandOptions() {
  const app = useApp()
  const t = useT()
  const { wand } = useAppState(({ tools }) => tools)
  return (
    <div className={styles.sliders}>
      <SliderField
        label={t('wand.tolerance')}
        unit=""
        value={wand.tolerance}
        low={0}
        high={255}
        onChange={(tolerance) =>
          app.tools.setWand({ tolerance: Math.min(255, Math.max(0, Math.round(tolerance))) })
        }
      />
      <label className={clsx(layoutStyles.check, styles.inRow)}>
        <input
          type="checkbox"
          checked={wand.contiguous}
          onChange={(event) => app.tools.setWand({ contiguous: event.target.checked })}
        />
        {t('wand.contiguous')}
      </label>
      <label className={layoutStyles.inlineField}>
        <span className={styles.named}>{t('wand.sample')}</span>
        <Select
          aria-label={t('wand.sample')}
          value={wand.sample}
          options={SAMPLE_SIZES.map((size) => ({ value: size, text: t('wand.sampleSize', { size }) }))}
          onChange={(sample) => app.tools.setWand({ sample })}
        />
      </label>
    </div>
  )
}
