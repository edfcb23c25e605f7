import type { GrayImage, RgbaImage } from '../../src/core/image/raster'

interface Mat {
  readonly data: Uint8Array
  delete(): void
}

/** The part of OpenCV.js that is used here. */
interface OpenCv {
  readonly Mat: new (rows: number, columns: number, type: number) => Mat
  readonly CV_8UC1: number
  readonly CV_8UC3: number
  readonly INPAINT_TELEA: number
  inpaint(source: Mat, mask: Mat, into: Mat, radius: number, method: number): void
}

let opencv: OpenCv | null = null

/**
 * Loads OpenCV.js, a development dependency: the usual choice where no model runs. It is passed by a variable: the module
 * has a `then` of its own, and awaiting it never ends.
 */
async function loadOpenCv(): Promise<void> {
  if (opencv) return
  const { default: loaded } = (await import('@techstark/opencv-js')) as unknown as {
    default: OpenCv & { onRuntimeInitialized: () => void }
  }
  if (!(loaded as Partial<OpenCv>).Mat) {
    await new Promise<void>((resolve) => {
      loaded.onRuntimeInitialized = () => resolve()
    })
  }
  opencv = loaded
}

/** Telea's method at radius 3. @returns the picture and the time of the call alone, ms */
export async function telea(image: RgbaImage, mask: GrayImage): Promise<{ image: RgbaImage; ms: number }> {
  await loadOpenCv()
  const cv = opencv
  if (!cv) throw new Error('OpenCV.js did not load')
  const { width, height } = image
  const source = new cv.Mat(height, width, cv.CV_8UC3)
  const holes = new cv.Mat(height, width, cv.CV_8UC1)
  const into = new cv.Mat(height, width, cv.CV_8UC3)
  for (let p = 0; p < width * height; p++) {
    for (let c = 0; c < 3; c++) source.data[p * 3 + c] = image.data[p * 4 + c]!
    holes.data[p] = mask.data[p]!
  }
  const start = performance.now()
  cv.inpaint(source, holes, into, 3, cv.INPAINT_TELEA)
  const ms = performance.now() - start
  const data = new Uint8ClampedArray(image.data)
  for (let p = 0; p < width * height; p++) {
    if (mask.data[p]) for (let c = 0; c < 3; c++) data[p * 4 + c] = into.data[p * 3 + c]!
  }
  for (const mat of [source, holes, into]) mat.delete()
  return { image: { width, height, data }, ms }
}
