import type { Widget, WidgetProps } from '../widget'

/** A list or an object, edited as JSON text. */
function Json({ value, onChange, id, describedBy, invalid }: WidgetProps) {
  return (
    <textarea
      id={id}
      rows={3}
      spellCheck={false}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  )
}

export const jsonWidget: Widget = { fits: ({ kind }) => kind === 'json', component: Json }
