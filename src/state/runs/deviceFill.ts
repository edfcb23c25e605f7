import { backendDescriptor } from '../../backends/backendRegistry'
import { AppError } from '../../core/errors'
import { rectOf } from '../../core/geometry'
import { cropRgba, type GrayImage, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { Backend } from '../../core/prediction/backend'
import { isTerminal, type OutputRef, type PredictionInput } from '../../core/prediction/prediction'
import type { Ports } from '../ports'

/** The engine's own settings: one fill, of the quality that it has by itself. */
const REF = { id: 'embedded', url: null, version: null }
const FIELDS = {
  model: null,
  image: 'image',
  mask: 'mask',
  polarity: 'white',
  count: null,
  seed: null,
  hasRequired: false,
  streams: false,
} as const

type FilledPixels = Extract<OutputRef, { kind: 'pixels' }>

/** Fills what is masked: a picture of the image's size. */
export type DeviceFill = (image: RgbaImage, mask: GrayImage) => Promise<RgbaImage>

/**
 * Fills a picture on this device.
 * @param goesOn asked now and then; false gives up
 * @returns the part of the input's picture that was filled; null where it was given up
 * @throws AppError where the engine fails
 */
export async function fillOnDevice(
  { backends }: Pick<Ports, 'backends'>,
  input: PredictionInput,
  goesOn: () => boolean,
): Promise<FilledPixels | null> {
  const backend: Backend = await backends.create(REF, FIELDS)
  const { signal } = new AbortController()
  const [gap] = backendDescriptor(REF.id).capabilities.pollMs
  let prediction = await backend.create(input, signal)
  try {
    while (!isTerminal(prediction.status)) {
      await new Promise((resolve) => setTimeout(resolve, gap))
      if (!goesOn()) {
        await backend.cancel(prediction.id)
        return null
      }
      prediction = await backend.get(prediction.id, signal)
    }
    const [output] = prediction.outputs
    if (output?.kind === 'pixels') return output
    throw prediction.error
      ? new AppError(prediction.error.code, prediction.error)
      : new AppError('engine/crashed')
  } finally {
    backend.forget(prediction.id)
  }
}

export function createDeviceFill(ports: Pick<Ports, 'backends'>): DeviceFill {
  return async (image, mask) => {
    const input = { image, mask, imageUrl: null, maskUrl: null, region: rectOf(image), params: {} }
    const filled = await fillOnDevice(ports, input, () => true)
    const whole = cropRgba(image, rectOf(image))
    if (filled) pasteInto(whole, filled.image, filled.at?.x ?? 0, filled.at?.y ?? 0)
    return whole
  }
}
