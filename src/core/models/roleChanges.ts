import { isObject } from '../json'
import { FIELD_ROLES, type FieldRole } from '../prediction/fieldRoles'
import { type FieldSpec } from '../prediction/inputSchema'

/** The roles that the user gave to fields, by field name; null for none. */
export type RoleChanges = Readonly<Record<string, FieldRole | null>>

/** The fields with the user's roles. A role belongs to one field: it is cleared on the field that had it by name. */
export function withRoles(fields: readonly FieldSpec[], changes: RoleChanges): FieldSpec[] {
  // The changes may come from another version of the schema: only fields that exist take a role away.
  const given = new Set(fields.map(({ name }) => changes[name]))
  return fields.map((field) => {
    if (Object.hasOwn(changes, field.name)) return withRole(field, changes[field.name])
    return field.role !== null && given.has(field.role) ? withRole(field, null) : field
  })
}

/** A picture field takes a file, even where its schema says text. */
function withRole(field: FieldSpec, role: FieldRole | null): FieldSpec {
  const picture = role === 'image' || role === 'mask'
  return { ...field, role, kind: picture && field.kind === 'string' ? 'file' : field.kind }
}

/** Reads stored changes; entries with an unknown role are left out. */
export function readRoles(value: unknown): RoleChanges {
  const entries = isObject(value) ? Object.entries(value) : []
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, FieldRole | null] =>
        entry[1] === null || FIELD_ROLES.some((role) => role === entry[1]),
    ),
  )
}
