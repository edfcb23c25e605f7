import { AppError, errorData, isAbort } from '../core/errors'
import { intersectRect, rectOf, type Rect } from '../core/geometry'
import { pasteBack } from '../core/image/composite'
import { cropRgba, overlayRgba, type RgbaImage } from '../core/image/raster'
import { coverRgba } from '../core/image/resample'
import { type Mask, readMask } from '../core/mask/mask'
import type { OutputRef } from '../core/prediction/prediction'
import { decodeImage, makeLevels } from '../platform/imageDecode'
import { encodePng } from '../platform/imageEncode'
import { fetchOutput } from '../platform/outputFetch'
import { loadOutput, saveOutput } from '../platform/runStore'
import { notify } from './messageStore'
import type { RunOutput } from './runsStore'
import type { SourceImage } from './sessionStore'

/** What the outputs of a run are pasted into. */
export interface PasteTarget {
  readonly runId: string
  readonly source: SourceImage
  readonly mask: Mask
  /** What the model was shown, source px. */
  readonly region: Rect
  readonly backendOrigin: string | null
}

/**
 * One output as a changed part of the picture: bytes fetched at once, brought to the region's size without changing
 * its shape, blended by the mask, stored. An output that cannot be read is an entry that says why.
 */
export async function receiveOutput(
  ref: OutputRef,
  place: number,
  seed: number | null,
  target: PasteTarget,
  signal: AbortSignal,
): Promise<RunOutput> {
  try {
    const image = ref.kind === 'pixels' ? ref.image : await download(ref.url, target.backendOrigin, signal)
    const output = await paste(image, place, seed, target)
    if (output.kind === 'ready') await store(target.runId, output.place, output.crop)
    return output
  } catch (error) {
    if (isAbort(error)) throw error
    return { kind: 'failed', place, error: errorData(error) }
  }
}

async function download(url: string, backendOrigin: string | null, signal: AbortSignal): Promise<RgbaImage> {
  const blob = await fetchOutput(url, backendOrigin, signal)
  return (await decodeImage(blob, 'output')).pixels
}

async function paste(
  image: RgbaImage,
  place: number,
  seed: number | null,
  target: PasteTarget,
): Promise<RunOutput> {
  const { source, region, mask } = target
  const covered = coverRgba(image, region.width, region.height)
  if (covered.cut) {
    notify('output-cut', {
      width: image.width,
      height: image.height,
      regionWidth: region.width,
      regionHeight: region.height,
    })
  }
  const rect = intersectRect(region, rectOf(source.pixels))
  const inside = { x: rect.x - region.x, y: rect.y - region.y, width: rect.width, height: rect.height }
  const crop = pasteBack(source.pixels, cropRgba(covered.image, inside), readMask(mask, rect), rect)
  return { kind: 'ready', place, crop, rect, levels: await makeLevels(crop), seed }
}

async function store(runId: string, place: number, crop: RgbaImage): Promise<void> {
  try {
    await saveOutput(runId, place, await encodePng(crop))
  } catch {
    // The storage is full or refused: the output stays in memory, the run is told of as not stored.
  }
}

/** The stored outputs of a run from an earlier visit. */
export async function loadOutputs(
  runId: string,
  count: number,
  rect: Rect,
  seeds: readonly number[],
): Promise<RunOutput[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, place): Promise<RunOutput> => {
      const blob = await loadOutput(runId, place)
      if (!blob) return { kind: 'failed', place, error: new AppError('backend/data-removed').data }
      const { pixels, levels } = await decodeImage(blob, 'output')
      return { kind: 'ready', place, crop: pixels, rect, levels, seed: seeds[place] ?? null }
    }),
  )
}

/** The whole picture with the output in it. */
export function compositeOf(source: SourceImage, output: RunOutput & { kind: 'ready' }): RgbaImage {
  return overlayRgba(source.pixels, output.crop, output.rect.x, output.rect.y)
}
