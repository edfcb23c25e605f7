import type { Size } from '../geometry'
import { fieldByRole, type FieldSpec, type FieldValues } from './inputSchema'

/** Aspect ratios whose logarithms differ from the best one's by up to this count as equally close. */
const SAME_SHAPE = 0.004

/**
 * The allowed width and height whose aspect ratio is closest to the picture's; of equally close ones, that whose short
 * side is nearest to the model's default.
 * @returns px; null where the model has no such fields
 */
export function closestModelSize(fields: readonly FieldSpec[], picture: Size): Size | null {
  const width = fieldByRole(fields, 'width')
  const height = fieldByRole(fields, 'height')
  if (!width || !height) return null
  const native = Math.min(numberOr(width.default, 512), numberOr(height.default, 512))
  const pairs = allowedSizes(fields)
  const distance = (size: Size) =>
    Math.abs(Math.log((size.width * picture.height) / (size.height * picture.width)))
  const best = Math.min(...pairs.map(distance))
  const near = pairs.filter((size) => distance(size) <= best + SAME_SHAPE)
  const offNative = (size: Size) => Math.abs(Math.min(size.width, size.height) - native)
  return near.toSorted((a, b) => offNative(a) - offNative(b) || b.width - a.width)[0] ?? null
}

/** Every width and height that the model takes, px; empty where it has no such fields. */
export function allowedSizes(fields: readonly FieldSpec[]): Size[] {
  const width = fieldByRole(fields, 'width')
  const height = fieldByRole(fields, 'height')
  if (!width || !height) return []
  const heights = allowed(height)
  return allowed(width).flatMap((w) => heights.map((h) => ({ width: w, height: h })))
}

function allowed(field: FieldSpec): number[] {
  if (field.options) return field.options.filter((value) => typeof value === 'number')
  const low = field.minimum ?? 64
  const high = Math.min(field.maximum ?? 1024, 2048)
  const sides: number[] = []
  for (let side = Math.ceil(low / 64) * 64; side <= high; side += 64) sides.push(side)
  return sides
}

/** The length that the field allows nearest to `wanted`, px. */
export function nearestAllowed(field: FieldSpec, wanted: number): number {
  const [first, ...rest] = allowed(field)
  return rest.reduce((best, side) => (Math.abs(side - wanted) < Math.abs(best - wanted) ? side : best), first)
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

/** The longest side that a model without size fields is sent, px. */
const MAX_CUSTOM_SIDE = 1536
/** Both sides are multiples of this, px. */
const STEP = 32

/** The size at which a region goes to a model without size fields: its aspect ratio, to the step. */
export function freeSize({ width, height }: Size): Size {
  const scale = Math.min(1, MAX_CUSTOM_SIDE / Math.max(width, height))
  const side = (length: number) => Math.max(STEP, Math.round((length * scale) / STEP) * STEP)
  return { width: side(width), height: side(height) }
}

/** The size that the form asks for, px; null where a side is missing or not a number. */
export function requestedSize(fields: readonly FieldSpec[], values: FieldValues): Size | null {
  const side = (role: 'width' | 'height') => {
    const field = fieldByRole(fields, role)
    const value = field ? values[field.name] : undefined
    return typeof value === 'number' && value > 0 ? value : null
  }
  const width = side('width')
  const height = side('height')
  return width && height ? { width, height } : null
}
