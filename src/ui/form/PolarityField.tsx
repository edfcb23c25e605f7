import { clsx } from 'clsx'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { MaskPolarity } from '../../core/prediction/polarity'
import { useT } from '../hooks/useT'
import { Select } from '../kit/Select'
import text from '../kit/text.module.css'
import styles from './field.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectTakesMask } from '../../state/model/formSelectors'

const POLARITIES: readonly MaskPolarity[] = ['white', 'black']

/** Chooses whether the model repaints white or black; its description gives the default. */
export function PolarityField({ model }: { readonly model: ModelDescriptor }) {
  const app = useApp()
  const t = useT()
  const chosen = useAppState(({ models: state }) => state.polarity[model.id])
  const uses = useAppState(selectTakesMask)
  if (model.polarity === null || !uses)
    return <p className={clsx(text.hint, styles.wide)}>{t('form.noMask')}</p>
  return (
    <div className={clsx(styles.field, styles.wide)} data-field="polarity">
      <label htmlFor="polarity">{t('form.polarity')}</label>
      <Select
        id="polarity"
        value={chosen ?? model.polarity}
        options={POLARITIES.map((value) => {
          const polarity = t(`form.polarity.${value}`)
          const isOwn = value === model.polarity
          return { value, text: isOwn ? t('form.polarity.described', { polarity }) : polarity }
        })}
        onChange={(polarity) => app.models.setPolarity(model.id, polarity)}
      />
    </div>
  )
}
