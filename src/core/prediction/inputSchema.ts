import { isObject, ownProperty, type JsonValue } from '../json'
import { type FieldRole, roleOfName, rolesOf } from './fieldRoles'

/** `json`: any JSON, as text. `secret`: text that is sent but never stored. `file`: an address or a data URI. */
export type FieldKind = 'string' | 'integer' | 'number' | 'boolean' | 'enum' | 'file' | 'secret' | 'json'

/** One input of a model, as the form shows it. */
export interface FieldSpec {
  readonly name: string
  readonly kind: FieldKind
  readonly role: FieldRole | null
  readonly title: string
  readonly description: string
  readonly required: boolean
  readonly default: JsonValue | undefined
  readonly minimum: number | null
  readonly maximum: number | null
  /** The allowed values of an enum, or of a number that only takes some; null where there is no list. */
  readonly options: readonly (string | number)[] | null
}

export type FieldValue = string | number | boolean

/** By field name; a blank field has no key. */
export type FieldValues = Readonly<Record<string, FieldValue>>

/**
 * Reads a model's fields from its OpenAPI document, in `x-order`; fields without one come last, in the document's
 * order. Never throws: a field of unknown type becomes a text field.
 * @returns empty where the document has no inputs
 */
export function readInputSchema(document: unknown): FieldSpec[] {
  const schemas = ownProperty(ownProperty(document, 'components'), 'schemas')
  const input = ownProperty(schemas, 'Input')
  const properties = ownProperty(input, 'properties')
  if (!isObject(properties)) return []
  const required = ownProperty(input, 'required')
  const order = (name: string) => {
    const value = ownProperty(properties[name], 'x-order')
    return typeof value === 'number' ? value : Infinity
  }
  const names = Object.keys(properties)
  const roles = rolesOf(names)
  return names
    .map((name, place) => ({ name, place }))
    .toSorted((a, b) => order(a.name) - order(b.name) || a.place - b.place)
    .map(({ name }) =>
      readField(name, properties[name], schemas, {
        role: roles.get(name) ?? null,
        required: Array.isArray(required) && required.includes(name),
      }),
    )
}

function readField(
  name: string,
  property: unknown,
  schemas: unknown,
  { role, required }: { role: FieldRole | null; required: boolean },
): FieldSpec {
  const merged = mergeParts(property, schemas)
  const text = (key: string) => (typeof merged[key] === 'string' ? merged[key] : '')
  const bound = (key: string) => (typeof merged[key] === 'number' ? merged[key] : null)
  const list = Array.isArray(merged['enum'])
    ? merged['enum'].filter((value) => typeof value === 'string' || typeof value === 'number')
    : null
  const options = list && list.length > 0 ? list : null
  const type = text('type')
  const wholeNumbers = options?.every((value) => Number.isInteger(value)) ?? false
  let kind: FieldKind = 'string'
  if (options && !(wholeNumbers && evenSteps(options as number[]))) kind = 'enum'
  else if (type === 'integer' || wholeNumbers) kind = 'integer'
  else if (type === 'number') kind = 'number'
  else if (type === 'boolean') kind = 'boolean'
  else if (text('format') === 'password' || merged['x-cog-secret'] === true) kind = 'secret'
  else if (type === 'object' || type === 'array') kind = 'json'
  else if (text('format') === 'uri' || role === 'image' || role === 'mask') kind = 'file'
  const numbers = kind === 'integer' && options ? (options as number[]) : null
  return {
    name,
    kind,
    role,
    title: typeof ownProperty(property, 'title') === 'string' ? text('title') : titleOf(name),
    description: text('description'),
    required,
    default: merged['default'] as JsonValue | undefined,
    minimum: numbers ? Math.min(...numbers) : bound('minimum'),
    maximum: numbers ? Math.max(...numbers) : bound('maximum'),
    options,
  }
}

/** The property merged with the schemas it refers to by `$ref`, `allOf`, `anyOf` and `oneOf`; its own keys win. */
function mergeParts(property: unknown, schemas: unknown, depth = 0): Record<string, unknown> {
  if (!isObject(property) || depth > 4) return {}
  const merged: Record<string, unknown> = {}
  const absorb = (part: unknown) => {
    const found = mergeParts(part, schemas, depth + 1)
    if (found['type'] === 'null') return
    for (const [key, value] of Object.entries(found)) if (!Object.hasOwn(merged, key)) merged[key] = value
  }
  const ref = property['$ref']
  if (typeof ref === 'string') absorb(ownProperty(schemas, ref.slice(ref.lastIndexOf('/') + 1)))
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(property[key])) for (const part of property[key]) absorb(part)
  }
  for (const [key, value] of Object.entries(property)) merged[key] = value
  return merged
}

function evenSteps(values: readonly number[]): boolean {
  const step = stepOf(values)
  return values.length > 2 && step > 0 && values.every((value, i) => value === values[0] + i * step)
}

/** The distance between the first two values; 1 where there is only one. */
export function stepOf(values: readonly number[]): number {
  return values.length > 1 ? values[1] - values[0] : 1
}

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** How much one press of an arrow key changes a number field. */
export function fieldStep(field: FieldSpec): number {
  if (field.kind === 'integer') return field.options ? stepOf(field.options as number[]) : 1
  const { minimum, maximum } = field
  return minimum !== null && maximum !== null && maximum - minimum <= 2 ? 0.01 : 0.1
}

/** null where no field has the role. */
export function fieldByRole(fields: readonly FieldSpec[], role: FieldRole): FieldSpec | null {
  return fields.find((field) => field.role === role) ?? null
}

/** The field that a link calls `name`: its schema name, or any name that models use for the same role. */
export function fieldByAnyName(fields: readonly FieldSpec[], name: string): FieldSpec | null {
  const exact = fields.find((field) => field.name === name)
  if (exact) return exact
  const role = roleOfName(name)
  return role ? fieldByRole(fields, role) : null
}

/** Values of an outpaint preset that mean it is off. */
const NO_OUTPAINT = /^(none|off|no|false|disabled|0|)$/i

/** False where the model has no mask field, or an outpaint preset is on, which makes it ignore the mask. */
export function usesMask(fields: readonly FieldSpec[], values: FieldValues): boolean {
  const outpaint = fieldByRole(fields, 'outpaint')
  const preset = outpaint ? values[outpaint.name] : undefined
  const isOn = preset !== undefined && preset !== false && !NO_OUTPAINT.test(String(preset))
  return fieldByRole(fields, 'mask') !== null && !isOn
}

/** The fields that a form shows: all but image and mask, which come from the editor. */
export function formFields(fields: readonly FieldSpec[]): FieldSpec[] {
  return fields.filter(({ role }) => role !== 'image' && role !== 'mask')
}

/**
 * The values of a fresh form: the defaults of the fields that have one. The prompt is empty, whatever its default is:
 * nobody has asked for that.
 */
export function defaultValues(fields: readonly FieldSpec[]): FieldValues {
  const values: Record<string, FieldValue> = {}
  for (const field of formFields(fields)) {
    const value = field.default
    if (field.role === 'prompt' && field.kind === 'string') {
      if (isSentEmpty(field)) values[field.name] = ''
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      values[field.name] = value
    } else if (field.kind === 'json' && value !== undefined && value !== null) {
      values[field.name] = JSON.stringify(value)
    }
  }
  return values
}

/** True for a text that is sent when it is empty: without it the model would take its default, or refuse. */
export function isSentEmpty({ kind, role, required, default: preset }: FieldSpec): boolean {
  const hasDefault = typeof preset === 'string' && preset !== ''
  return kind === 'string' && (hasDefault || (role === 'prompt' && required))
}

/**
 * The params to send. Blank fields are left out, except an emptied text whose default would come back.
 * @param untouched names of fields that hold the model's own default: the model has them
 */
export function paramsOf(
  fields: readonly FieldSpec[],
  values: FieldValues,
  untouched: readonly string[] = [],
): Record<string, JsonValue> {
  const params: Record<string, JsonValue> = {}
  for (const field of formFields(fields)) {
    const value = values[field.name] ?? (field.role === 'prompt' ? '' : undefined)
    if (value === undefined || (value === '' && !isSentEmpty(field))) continue
    if (untouched.includes(field.name)) continue
    params[field.name] =
      field.kind === 'json' && typeof value === 'string' ? (JSON.parse(value) as JsonValue) : value
  }
  return params
}

/** The inverse of `paramsOf`; params without a field are left out. */
export function valuesOf(
  fields: readonly FieldSpec[],
  params: Readonly<Record<string, JsonValue>>,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {}
  for (const { name, kind } of formFields(fields)) {
    const param = Object.hasOwn(params, name) ? params[name] : undefined
    if (kind === 'json' && param !== undefined) values[name] = JSON.stringify(param)
    else if (typeof param === 'string' || typeof param === 'number' || typeof param === 'boolean')
      values[name] = param
  }
  return values
}
