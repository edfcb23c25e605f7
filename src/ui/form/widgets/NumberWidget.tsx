import { Dices, Lock, LockOpen } from 'lucide-react'
import { type FieldSpec, fieldStep } from '../../../core/prediction/inputSchema'
import { IconButton } from '../../kit/IconButton'
import { NumberInput } from '../../kit/NumberInput'
import { useT } from '../../hooks/useT'
import { fieldLabel } from '../fieldText'
import type { Widget, WidgetProps } from '../widget'
import styles from '../field.module.css'
import { selectLastSeed } from '../../../state/runs/runSelectors'
import { useAppState } from '../../hooks/useApp'

const MAX_SEED = 2 ** 31

/** @returns whether the field has both bounds and so gets a slider beside its box */
export function hasSlider({ kind, minimum, maximum }: FieldSpec): boolean {
  return kind === 'number' && minimum !== null && maximum !== null
}

function anySeed(): number {
  return Math.floor(Math.random() * MAX_SEED)
}

function NumberBox({ field, value, onChange, id, describedBy, invalid }: WidgetProps) {
  const t = useT()
  const seed = field.role === 'seed'
  const lastSeed = useAppState(({ runs }) => selectLastSeed(runs))
  return (
    <span className={styles.box}>
      <NumberInput
        id={id}
        value={typeof value === 'number' ? value : undefined}
        step={fieldStep(field)}
        low={field.minimum}
        high={field.maximum}
        whole={field.kind === 'integer'}
        placeholder={seed ? t('form.random') : undefined}
        describedBy={describedBy}
        invalid={invalid}
        onChange={onChange}
      />
      {hasSlider(field) && (
        <input
          type="range"
          aria-label={fieldLabel(t, field)}
          min={field.minimum ?? undefined}
          max={field.maximum ?? undefined}
          step={fieldStep(field)}
          value={typeof value === 'number' && Number.isFinite(value) ? value : (field.minimum ?? 0)}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
      {seed && (
        <>
          <IconButton icon={Dices} label={t('form.dice')} onClick={() => onChange(anySeed())} />
          {/* Unlocked, each run gets a new seed; locked, the last run's seed is reused. */}
          <IconButton
            icon={value === undefined ? LockOpen : Lock}
            label={t('form.lockSeed')}
            pressed={value !== undefined}
            onClick={() => onChange(value === undefined ? (lastSeed ?? anySeed()) : undefined)}
          />
        </>
      )}
    </span>
  )
}

export const numberWidget: Widget = {
  fits: ({ kind }) => kind === 'integer' || kind === 'number',
  component: NumberBox,
}
