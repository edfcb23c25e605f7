import type { ComponentType } from 'react'
import type { FieldSpec, FieldValue } from '../../core/prediction/inputSchema'

export interface WidgetProps {
  readonly field: FieldSpec
  readonly value: FieldValue | undefined
  /** undefined leaves the field blank. */
  readonly onChange: (value: FieldValue | undefined) => void
  /** Id of the control; its label refers to it. */
  readonly id: string
  /** Ids of the elements that describe the control. */
  readonly describedBy: string
  readonly invalid: boolean
}

/** Draws one kind of field. */
export interface Widget {
  readonly fits: (field: FieldSpec) => boolean
  readonly component: ComponentType<WidgetProps>
}
