import { useId } from 'react'
import { NumberInput } from './NumberInput'
import styles from './SliderField.module.css'

interface SliderFieldProps {
  readonly label: string
  /** The visible part of a long label. */
  readonly shortLabel?: string
  readonly unit: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly onChange: (value: number) => void
}

/** A slider and a number box for the same value, both under one name. */
export function SliderField({ label, shortLabel, unit, value, low, high, onChange }: SliderFieldProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{shortLabel ?? label}</label>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${value} ${unit}`}
        min={low}
        max={high}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <span className={styles.number}>
        <NumberInput
          id={id}
          label={label}
          value={value}
          step={1}
          low={low}
          high={high}
          whole
          strict
          onChange={(next) => next !== undefined && onChange(next)}
        />
        <span className={styles.unit}>{unit}</span>
      </span>
    </div>
  )
}
