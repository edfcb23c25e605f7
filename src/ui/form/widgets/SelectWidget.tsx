import { useT } from '../../hooks/useT'
import { choiceText } from '../fieldText'
import type { Widget, WidgetProps } from '../widget'
import { Select } from '../../kit/Select'

function Choice({ field, value, onChange, id, describedBy, invalid }: WidgetProps) {
  const t = useT()
  const options = field.options ?? []
  return (
    <Select
      id={id}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={value === undefined ? '' : String(value)}
      options={[
        ...(field.default === undefined ? [{ value: '', text: '–' }] : []),
        ...options.map((option) => ({ value: String(option), text: choiceText(t, field, option) })),
      ]}
      onChange={(text) => onChange(options.find((option) => String(option) === text))}
    />
  )
}

export const selectWidget: Widget = { fits: ({ kind }) => kind === 'enum', component: Choice }
