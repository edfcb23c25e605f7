import type { Price } from '../../core/run/sweep'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { NumberInput } from '../kit/NumberInput'
import { Select } from '../kit/Select'
import styles from './SweepDialog.module.css'

interface SweepPriceProps {
  readonly modelId: string
  /** undefined until the user gives one. */
  readonly price: Price | undefined
}

/** What a run of the model costs, as the user knows it. */
export function SweepPrice({ modelId, price }: SweepPriceProps) {
  const app = useApp()
  const t = useT()
  const { per, amount } = price ?? { per: 'run' as const, amount: undefined }
  const save = (next: Price) => {
    const { prices } = app.state.read().settings
    app.settings.set({ prices: { ...prices, [modelId]: next } })
  }
  return (
    <div className={styles.price}>
      <label htmlFor="sweep-price">{t('sweep.price')}</label>
      <NumberInput
        id="sweep-price"
        value={amount}
        step={0.01}
        low={0}
        high={null}
        strict
        onChange={(value) => save({ per, amount: value ?? 0 })}
      />
      <Select
        aria-label={t('sweep.per')}
        value={per}
        options={[
          { value: 'run' as const, text: t('sweep.run') },
          { value: 'second' as const, text: t('sweep.second') },
        ]}
        onChange={(value) => save({ per: value, amount: amount ?? 0 })}
      />
    </div>
  )
}
