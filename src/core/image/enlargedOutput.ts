import type { Rect, Size } from '../geometry'

/** Greatest difference of the logarithms of two aspect ratios that count as the same. */
const SAME_SHAPE = 0.02

/** True where two pictures have the same aspect ratio, to 2 %. */
export function isSameShape(a: Size, b: Size): boolean {
  return Math.abs(Math.log((a.width * b.height) / (b.width * a.height))) <= SAME_SHAPE
}

/**
 * Places an output that a model has extended over what it was made from: centred, at the scale at which it just covers
 * that, as if the frame had grown evenly.
 * @param part what was sent, image px
 * @returns the output's rectangle, image px
 */
export function placeEnlarged(output: Size, part: Rect): Rect {
  const scale = Math.max(part.width / output.width, part.height / output.height)
  const width = Math.round(output.width * scale)
  const height = Math.round(output.height * scale)
  return {
    x: part.x + Math.floor((part.width - width) / 2),
    y: part.y + Math.floor((part.height - height) / 2),
    width,
    height,
  }
}
