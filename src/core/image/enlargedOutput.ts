import type { Rect, Size } from '../geometry'

/** Greatest difference of the logarithms of two aspect ratios that count as the same. */
const SAME_SHAPE = 0.02

/** True where two pictures have the same aspect ratio, to 2 %. */
export function isSameShape(a: Size, b: Size): boolean {
  return Math.abs(Math.log((a.width * b.height) / (b.width * a.height))) <= SAME_SHAPE
}

/**
 * Places an output that a model has extended over the picture it was made from: centred, at the scale at which it just
 * covers the picture, as if the frame had grown evenly.
 * @returns the output's rectangle, image px of the picture
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
