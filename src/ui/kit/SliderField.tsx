import { useId } from 'react'
import { LOG_STEPS, logPosition, logValue } from '../../core/logScale'
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
  /** The slider has the same room for each doubling; `low` is more than 0. */
  readonly logarithmic?: boolean
  readonly onChange: (value: number) => void
  /** A drag has ended, or a number was typed: what was changed since is one step. */
  readonly onSettle?: () => void
}

/** A slider and a number box for the same value, both under one name. */
export function SliderField({
  label,
  shortLabel,
  unit,
  value,
  low,
  high,
  logarithmic = false,
  onChange,
  onSettle,
}: SliderFieldProps) {
  const id = useId()
  return (
    <div className={styles.field} data-slider="">
      <label htmlFor={id}>{shortLabel ?? label}</label>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${value} ${unit}`}
        min={logarithmic ? 0 : low}
        max={logarithmic ? LOG_STEPS : high}
        onPointerUp={onSettle}
        onKeyUp={onSettle}
        value={logarithmic ? Math.round(logPosition({ low, high }, value)) : value}
        onChange={(event) => {
          const position = Number(event.target.value)
          onChange(logarithmic ? logValue({ low, high }, position, value) : position)
        }}
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
          onChange={(next) => {
            if (next === undefined) return
            onChange(next)
            onSettle?.()
          }}
        />
        <span className={styles.unit}>{unit}</span>
      </span>
    </div>
  )
}
