import type { Widget, WidgetProps } from '../widget'

/** A secret is sent with a run and never stored: not on disk, in a link or in the history. */
function Secret({ value, onChange, id, describedBy, invalid }: WidgetProps) {
  return (
    <input
      id={id}
      type="password"
      autoComplete="off"
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    />
  )
}

export const secretWidget: Widget = { fits: ({ kind }) => kind === 'secret', component: Secret }
