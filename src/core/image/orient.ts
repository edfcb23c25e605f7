import { createRgba, type RgbaImage } from './raster'

/**
 * Turns stored pixels upright.
 * @param orientation 1..8 as EXIF and TIFF number them; others leave the image as it is
 * @returns `image` itself for 1
 */
export function orientRgba(image: RgbaImage, orientation: number): RgbaImage {
  if (orientation < 2 || orientation > 8) return image
  const { width, height } = image
  const turned = orientation > 4
  const out = createRgba(turned ? height : width, turned ? width : height, image.profile)
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, width * height)
  const to = new Uint32Array(out.data.buffer)
  const mirrorX = [2, 3, 6, 7].includes(orientation)
  const mirrorY = [3, 4, 7, 8].includes(orientation)
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      const u = mirrorX ? out.width - 1 - x : x
      const v = mirrorY ? out.height - 1 - y : y
      to[y * out.width + x] = from[turned ? u * width + v : v * width + u]
    }
  }
  return out
}
