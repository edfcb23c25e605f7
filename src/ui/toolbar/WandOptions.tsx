import { useEditor } from '../../state/editorStore'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'

const SAMPLES = [1, 3, 5] as const

/** How the magic wand tells what is alike. */
export function WandOptions() {
  const t = useT()
  const { wand, setWand } = useEditor()
  return (
    <div className="sliders">
      <SliderField
        label={t('wand.tolerance')}
        unit=""
        value={wand.tolerance}
        low={0}
        high={255}
        onChange={(tolerance) => setWand({ tolerance: Math.min(255, Math.max(0, Math.round(tolerance))) })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={wand.contiguous}
          onChange={(event) => setWand({ contiguous: event.target.checked })}
        />
        {t('wand.contiguous')}
      </label>
      <label className="inline-field">
        {t('wand.sample')}
        <select value={wand.sample} onChange={(event) => setWand({ sample: Number(event.target.value) })}>
          {SAMPLES.map((size) => (
            <option key={size} value={size}>
              {t('wand.sampleSize', { size })}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
