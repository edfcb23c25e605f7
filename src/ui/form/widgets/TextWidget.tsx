import { useT } from '../../hooks/useT'
import { presetText } from '../fieldText'
import type { Widget, WidgetProps } from '../widget'

const LONG = /prompt|text|description/

function Text({ field, value, onChange, id, describedBy, invalid }: WidgetProps) {
  const shared = {
    placeholder: presetText(useT(), field),
    id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
    value: typeof value === 'string' ? value : '',
  }
  return field.role === 'prompt' || LONG.test(field.name) ? (
    <textarea {...shared} rows={3} onChange={(event) => onChange(event.target.value)} />
  ) : (
    <input {...shared} type="text" onChange={(event) => onChange(event.target.value)} />
  )
}

export const textWidget: Widget = { fits: () => true, component: Text }
