import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { MaskPolarity } from '../../core/prediction/polarity'
import { useTakesMask } from '../../state/formStore'
import { setPolarity, useModels } from '../../state/modelStore'
import { useT } from '../hooks/useT'

const POLARITIES: readonly MaskPolarity[] = ['white', 'black']

/** Which tone of the mask the model repaints: as its description says, or as the user knows. */
export function PolarityField({ model }: { readonly model: ModelDescriptor }) {
  const t = useT()
  const chosen = useModels((state) => state.polarity[model.id])
  const uses = useTakesMask()
  if (model.polarity === null || !uses) return <p className="hint wide">{t('form.noMask')}</p>
  return (
    <div className="field wide">
      <label htmlFor="polarity">{t('form.polarity')}</label>
      <select
        id="polarity"
        value={chosen ?? model.polarity}
        onChange={(event) => setPolarity(model.id, event.target.value as MaskPolarity)}
      >
        {POLARITIES.map((polarity) => (
          <option key={polarity} value={polarity}>
            {t(`form.polarity.${polarity}`)}
            {polarity === model.polarity ? ` ${t('form.polarity.described')}` : ''}
          </option>
        ))}
      </select>
    </div>
  )
}
