import { Dices, Lock, LockOpen } from 'lucide-react'
import { useState } from 'react'
import { type FieldSpec, fieldStep } from '../../../core/prediction/inputSchema'
import { IconButton } from '../../kit/IconButton'
import { useT } from '../../hooks/useT'
import { fieldLabel } from '../fieldText'
import type { Widget, WidgetProps } from '../widget'
import styles from '../field.module.css'
import { selectLastSeed } from '../../../state/runs/runs'
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
  const shown = typeof value === 'number' && Number.isFinite(value) ? String(value) : ''
  // Half-typed text ("-", "1e") is no number: the draft stays until the value changes from elsewhere.
  const [draft, setDraft] = useState({ text: shown, value })
  const text = Object.is(draft.value, value) ? draft.text : shown
  const seed = field.role === 'seed'
  const lastSeed = useAppState(({ runs }) => selectLastSeed(runs))
  return (
    <span className={styles.box}>
      <input
        id={id}
        type="number"
        inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
        min={field.minimum ?? undefined}
        max={field.maximum ?? undefined}
        step={fieldStep(field)}
        placeholder={seed ? t('form.random') : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        value={text}
        onChange={(event) => {
          const { value: typed, validity } = event.target
          const next = validity.badInput ? Number.NaN : typed === '' ? undefined : Number(typed)
          setDraft({ text: typed, value: next })
          onChange(next)
        }}
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
