import { freeBytes } from '../core/freeBytes'
import { createRgba, type RgbaImage } from '../core/image/raster'

/** Pixels read at once: a band of them costs little memory and fits every canvas. */
const BAND_PIXELS = 2 ** 20

/** Reads the values of a bitmap without colours that are transparent. */
export function readOpaque(bitmap: ImageBitmap): RgbaImage {
  const { width, height } = bitmap
  const image = createRgba(width, height)
  const rows = Math.max(1, Math.floor(BAND_PIXELS / width))
  const canvas = new OffscreenCanvas(width, Math.min(rows, height))
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  for (let y = 0; y < height; y += rows) {
    context.clearRect(0, 0, width, canvas.height)
    context.drawImage(bitmap, 0, -y)
    const { data } = context.getImageData(0, 0, width, Math.min(rows, height - y))
    image.data.set(data, y * width * 4)
    freeBytes(data)
  }
  return image
}

/**
 * Reads the values of a bitmap that was made with `premultiplyAlpha: 'none'`. A texture keeps them, where a 2D canvas
 * weights each colour by its alpha.
 * @returns null where the browser has no WebGL
 */
export async function readStraight(bitmap: ImageBitmap): Promise<RgbaImage | null> {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl')
  const max: unknown = gl?.getParameter(gl.MAX_TEXTURE_SIZE)
  if (!gl || typeof max !== 'number') return null
  const { width, height } = bitmap
  const image = createRgba(width, height)
  const step = Math.min(max, 2048)
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE)
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer())
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const size = { width: Math.min(step, width - x), height: Math.min(step, height - y) }
      const part = await createImageBitmap(bitmap, x, y, size.width, size.height, {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      })
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, part)
      part.close()
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
      const values = new Uint8Array(size.width * size.height * 4)
      gl.readPixels(0, 0, size.width, size.height, gl.RGBA, gl.UNSIGNED_BYTE, values)
      if (gl.getError() !== gl.NO_ERROR) return null
      for (let row = 0; row < size.height; row++) {
        const from = row * size.width * 4
        image.data.set(values.subarray(from, from + size.width * 4), ((y + row) * width + x) * 4)
      }
      freeBytes(values)
    }
  }
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return image
}
