import type { ComponentProps } from 'react'

interface SelectProps<T extends string | number> extends Omit<
  ComponentProps<'select'>,
  'value' | 'onChange' | 'children'
> {
  readonly value: T
  readonly options: readonly { readonly value: T; readonly text: string }[]
  readonly onChange: (value: T) => void
}

/** The platform's select, typed by its options. */
export function Select<T extends string | number>({ value, options, onChange, ...rest }: SelectProps<T>) {
  return (
    <select {...rest} value={value} onChange={(event) => onChange(options[event.target.selectedIndex].value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  )
}
