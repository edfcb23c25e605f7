import type { ComponentType } from 'react'
import type { FieldSpec, FieldValue } from '../../core/prediction/inputSchema'

export interface WidgetProps {
  readonly field: FieldSpec
  readonly value: FieldValue | undefined
  /** undefined leaves the field blank. */
  readonly onChange: (value: FieldValue | undefined) => void
  /** Of the control, for its label. */
  readonly id: string
  /** Ids of what describes it. */
  readonly describedBy: string
  readonly invalid: boolean
}

/** How a kind of field is drawn; the first that fits is taken. */
export interface Widget {
  readonly fits: (field: FieldSpec) => boolean
  readonly component: ComponentType<WidgetProps>
}
