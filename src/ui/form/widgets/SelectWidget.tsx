import { useT } from '../../hooks/useT'
import { choiceText } from '../fieldText'
import type { Widget, WidgetProps } from '../widget'

function Select({ field, value, onChange, id, describedBy, invalid }: WidgetProps) {
  const t = useT()
  const options = field.options ?? []
  return (
    <select
      id={id}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={value === undefined ? '' : String(value)}
      onChange={(event) => onChange(options.find((option) => String(option) === event.target.value))}
    >
      {field.default === undefined && <option value="">–</option>}
      {options.map((option) => (
        <option key={option} value={String(option)}>
          {choiceText(t, field, option)}
        </option>
      ))}
    </select>
  )
}

export const selectWidget: Widget = { fits: ({ kind }) => kind === 'enum', component: Select }
