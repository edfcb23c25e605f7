import { isObject } from '../json'
import { FIELD_ROLES, type FieldRole } from '../prediction/fieldRoles'
import { type FieldSpec } from '../prediction/inputSchema'

/** What the user says that fields mean, by field name; null is nothing in particular. */
export type RoleChanges = Readonly<Record<string, FieldRole | null>>

/** The fields with other meanings. A role is one field's: who gets it takes it from the field that had it by name. */
export function withRoles(fields: readonly FieldSpec[], changes: RoleChanges): FieldSpec[] {
  // A schema may have other fields than the one they were said of.
  const given = new Set(fields.map(({ name }) => changes[name]))
  return fields.map((field) => {
    if (Object.hasOwn(changes, field.name)) return withRole(field, changes[field.name])
    return field.role !== null && given.has(field.role) ? withRole(field, null) : field
  })
}

/** A picture is held as a file whatever the schema calls it. */
function withRole(field: FieldSpec, role: FieldRole | null): FieldSpec {
  const picture = role === 'image' || role === 'mask'
  return { ...field, role, kind: picture && field.kind === 'string' ? 'file' : field.kind }
}

/** Stored changes, as far as they still make sense. */
export function readRoles(value: unknown): RoleChanges {
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, FieldRole | null] =>
        entry[1] === null || FIELD_ROLES.some((role) => role === entry[1]),
    ),
  )
}
