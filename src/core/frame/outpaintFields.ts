import type { Rect } from '../geometry'
import type { FieldSpec } from '../prediction/inputSchema'

/** What models call the sides that they add to. */
const DIRECTIONS = ['both', 'only width', 'only height'] as const

/**
 * What a model that extends a picture by itself is asked for.
 * @returns its fields by name, for the sides that `frame` adds to; null where it has no such field, or nothing is added
 */
export function outpaintFields(
  fields: readonly FieldSpec[],
  frame: Rect,
  there: Rect,
): Record<string, string> | null {
  const field = fields.find((one) =>
    DIRECTIONS.every((direction) => one.options?.includes(direction) ?? false),
  )
  const wider = frame.width > there.width
  const higher = frame.height > there.height
  if (!field || (!wider && !higher)) return null
  return { [field.name]: DIRECTIONS[wider && higher ? 0 : wider ? 1 : 2] }
}
