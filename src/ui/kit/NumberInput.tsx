import { type KeyboardEvent, useState } from 'react'
import { parseNumber, stepped } from '../../core/numberText'

interface NumberInputProps {
  readonly id: string
  readonly label?: string
  /** NaN where what was typed is no number. */
  readonly value: number | undefined
  readonly step: number
  /** null where there is no bound. */
  readonly low: number | null
  readonly high: number | null
  readonly whole?: boolean
  /** A value outside the bounds is not passed on: it is marked, and gone when the box is left. */
  readonly strict?: boolean
  readonly placeholder?: string | undefined
  readonly describedBy?: string
  readonly invalid?: boolean
  /** @param value undefined where the box is empty, NaN where its text is no number; neither if `strict` */
  readonly onChange: (value: number | undefined) => void
}

/** Steps of an arrow key and of a page key. */
const KEY_STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }

/**
 * A number box. It is a text field with the keys and the role of a number field: what a browser makes of `1,5` in a
 * number field depends on the language of the machine, and a wheel over one changes its value.
 */
export function NumberInput(props: NumberInputProps) {
  const {
    id,
    label,
    value,
    step,
    low,
    high,
    whole = false,
    strict = false,
    invalid = false,
    onChange,
  } = props
  const isKnown = value !== undefined && Number.isFinite(value)
  const shown = isKnown ? String(value) : ''
  // Text stays as it is typed ("1,5", "-") until the value changes from elsewhere.
  const [draft, setDraft] = useState({ text: shown, value, refused: false })
  const isOwn = Object.is(draft.value, value)

  const change = (text: string) => {
    const next = text.trim() === '' ? undefined : parseNumber(text)
    const fits = next !== undefined && next >= (low ?? -Infinity) && next <= (high ?? Infinity)
    const refused = strict && !fits
    setDraft({ text, value: refused ? value : next, refused })
    if (!refused) onChange(next)
  }

  const press = (event: KeyboardEvent) => {
    const count = KEY_STEPS[event.key]
    if (count === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    change(String(stepped(isKnown ? value : undefined, count, { step, low, high })))
  }

  return (
    <input
      id={id}
      role="spinbutton"
      type="text"
      autoComplete="off"
      spellCheck={false}
      inputMode={whole ? 'numeric' : 'decimal'}
      aria-label={label}
      aria-valuemin={low ?? undefined}
      aria-valuemax={high ?? undefined}
      aria-valuenow={isKnown ? value : undefined}
      aria-describedby={props.describedBy}
      aria-invalid={invalid || (isOwn && draft.refused)}
      placeholder={props.placeholder}
      value={isOwn ? draft.text : shown}
      onChange={(event) => change(event.target.value)}
      onKeyDown={press}
      onBlur={() => {
        if (draft.refused) setDraft({ text: shown, value, refused: false })
      }}
    />
  )
}
