import type { Rect, Size } from '../geometry'

/** Shapes this close (as a ratio) are the same. */
const SAME_SHAPE = 0.02

export function isSameShape(a: Size, b: Size): boolean {
  return Math.abs(Math.log((a.width * b.height) / (b.width * a.height))) <= SAME_SHAPE
}

/**
 * Where a picture that a model has enlarged lies against the one it was made from, image px: centred, at the scale at
 * which it covers it, as a frame that grew evenly does.
 */
export function placeEnlarged(output: Size, picture: Size): Rect {
  const scale = Math.max(picture.width / output.width, picture.height / output.height)
  const width = Math.round(output.width * scale)
  const height = Math.round(output.height * scale)
  return {
    x: Math.floor((picture.width - width) / 2),
    y: Math.floor((picture.height - height) / 2),
    width,
    height,
  }
}
