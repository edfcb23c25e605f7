import type { Rect } from '../geometry'
import { fieldByRole, type FieldSpec } from '../prediction/inputSchema'

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

/** A model's own way to extend a picture. */
export interface OutpaintPreset {
  readonly fields: Readonly<Record<string, string>>
  /** The model makes exactly this frame; else it adds as much as it likes at that side. */
  readonly isExact: boolean
}

/** Frames this near to a preset's are it, px: sides of odd length do not halve. */
const NEAR = 1

/**
 * The preset of a model that extends a picture as `frame` does.
 * @returns null where the model has no preset like it
 */
export function outpaintPreset(
  fields: readonly FieldSpec[],
  frame: Rect,
  there: Rect,
): OutpaintPreset | null {
  const field = fieldByRole(fields, 'outpaint')
  const added = {
    left: there.x - frame.x,
    top: there.y - frame.y,
    right: frame.x + frame.width - there.x - there.width,
    bottom: frame.y + frame.height - there.y - there.height,
  }
  const sides = Object.values(added)
  if (!field || sides.some((px) => px < 0)) return null
  const preset = (name: string, isExact: boolean): OutpaintPreset | null => {
    const value = field.options?.find((option) => option === name)
    return typeof value === 'string' ? { fields: { [field.name]: value }, isExact } : null
  }
  const isMiddle = Math.abs(added.left - added.right) <= NEAR && Math.abs(added.top - added.bottom) <= NEAR
  const isSize = (width: number, height: number) =>
    Math.abs(frame.width - width) <= NEAR && Math.abs(frame.height - height) <= NEAR
  const grown = sides.filter((px) => px > 0).length
  if (isMiddle && grown > 0) {
    const square = Math.max(there.width, there.height)
    for (const factor of [1.5, 2]) {
      if (isSize(there.width * factor, there.height * factor)) return preset(`Zoom out ${factor}x`, true)
    }
    if (isSize(square, square)) return preset('Make square', true)
  }
  if (grown !== 1) return null
  const [side] = Object.entries(added).find(([, px]) => px > 0)!
  return preset(`${side[0].toUpperCase()}${side.slice(1)} outpaint`, false)
}
