import { useId } from 'react'

interface SliderFieldProps {
  readonly label: string
  /** What is seen, where the label is long: a part of it. */
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
  const change = (text: string) => {
    const number = Number(text)
    if (text !== '' && Number.isFinite(number)) onChange(number)
  }
  return (
    <div className="slider-field">
      <label htmlFor={id}>{shortLabel ?? label}</label>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${value} ${unit}`}
        min={low}
        max={high}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
      <span className="number-with-unit">
        <input
          id={id}
          aria-label={label}
          type="number"
          inputMode="numeric"
          min={low}
          max={high}
          value={value}
          onChange={(event) => change(event.target.value)}
        />
        <span className="unit">{unit}</span>
      </span>
    </div>
  )
}
