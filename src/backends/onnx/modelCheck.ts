import { AppError } from '../../core/errors'
import { createGray, createRgba, type GrayImage, type RgbaImage } from '../../core/image/raster'
import type { Size } from '../../core/geometry'
import { type Convention, conventionsOf, type ModelProfile, VALUE_RANGES } from './modelProfile'
import { answerPicture, modelInputs, type TensorData } from './modelTensors'

/** Not the middle of any range, and a little warm, so that other ranges and orders of the channels give another colour. */
const GRAY = [196, 168, 140] as const
/** The mean error of a hole's levels below which a convention is right, and above which it is wrong. */
const SURE = 12
const MAX_ERROR = 60
/** Of a graph that takes any size, px. */
const CHECK_SIDE = 256

export type RunGraph = (inputs: Readonly<Record<string, TensorData>>) => Promise<TensorData>

/**
 * Finds out how a graph means its values: it fills a hole in a flat grey picture, in each way that is known, until the
 * hole becomes grey. Who takes the mask in reverse, or other values, gives another colour.
 * @throws AppError `onnx/senseless` where the hole does not become grey, and what `run` throws
 */
export async function findConvention(profile: ModelProfile, run: RunGraph): Promise<Convention> {
  const { image, mask } = grayScene(profile.size ?? { width: CHECK_SIDE, height: CHECK_SIDE })
  let best: { readonly convention: Convention; readonly error: number } | null = null
  for (const convention of conventionsOf(profile)) {
    const answer = await run(modelInputs(image, mask, profile, convention))
    for (const output of answer.type === 'uint8' ? (['byte'] as const) : VALUE_RANGES) {
      const error = meanError(answerPicture(answer, output), mask)
      if (best === null || error < best.error) best = { convention: { ...convention, output }, error }
    }
    if (best !== null && best.error < SURE) break
  }
  if (best === null || best.error > MAX_ERROR) throw new AppError('onnx/senseless')
  return best.convention
}

function grayScene({ width, height }: Size): { image: RgbaImage; mask: GrayImage } {
  const image = createRgba(width, height)
  const mask = createGray(width, height)
  for (let p = 0; p < mask.data.length; p++) image.data.set([...GRAY, 255], p * 4)
  for (let y = height >> 2; y < height >> 1; y++)
    mask.data.fill(255, y * width + (width >> 2), y * width + (width >> 1))
  return { image, mask }
}

function meanError(answer: RgbaImage, mask: GrayImage): number {
  if (answer.width !== mask.width || answer.height !== mask.height) return Infinity
  let sum = 0
  let count = 0
  for (let p = 0; p < mask.data.length; p++) {
    if (mask.data[p] === 0) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(answer.data[p * 4 + c] - GRAY[c])
    count += 3
  }
  return sum / count
}
