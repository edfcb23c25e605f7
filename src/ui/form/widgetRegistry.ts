import type { FieldSpec } from '../../core/prediction/inputSchema'
import type { Widget } from './widget'
import { numberWidget } from './widgets/NumberWidget'
import { selectWidget } from './widgets/SelectWidget'
import { secretWidget } from './widgets/SecretWidget'
import { jsonWidget } from './widgets/JsonWidget'
import { fileWidget } from './widgets/FileWidget'
import { switchWidget } from './widgets/SwitchWidget'
import { textWidget } from './widgets/TextWidget'

/** The first widget that fits a field draws it; the last one fits every field. */
const WIDGETS: readonly Widget[] = [
  switchWidget,
  selectWidget,
  numberWidget,
  secretWidget,
  jsonWidget,
  fileWidget,
  textWidget,
]

export function widgetFor(field: FieldSpec): Widget {
  return WIDGETS.find((widget) => widget.fits(field)) ?? textWidget
}
