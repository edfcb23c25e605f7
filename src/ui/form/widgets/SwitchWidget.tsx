import type { Widget, WidgetProps } from '../widget'

function Switch({ value, onChange, id, describedBy }: WidgetProps) {
  return (
    <input
      id={id}
      type="checkbox"
      role="switch"
      aria-checked={value === true}
      aria-describedby={describedBy}
      checked={value === true}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}

export const switchWidget: Widget = { fits: ({ kind }) => kind === 'boolean', component: Switch }
