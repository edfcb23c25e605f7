import { useId } from 'react'

interface SliderFieldProps {
  readonly label: string
  readonly unit: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly onChange: (value: number) => void
}

/** A slider and a number box for the same value, both under one name. */
export function SliderField({ label, unit, value, low, high, onChange }: SliderFieldProps) {
  const id = useId()
  const change = (text: string) => {
    const number = Number(text)
    if (text !== '' && Number.isFinite(number)) onChange(number)
  }
  return (
    <div className="slider-field">
      <label htmlFor={id}>{label}</label>
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
