import { AppError, errorData, isAbort } from '../core/errors'
import { intersectRect, rectOf, type Rect, type Size } from '../core/geometry'
import { pasteBack } from '../core/image/composite'
import { changeSide } from '../core/image/changeSide'
import { cropRgba, overlayRgba, type RgbaImage } from '../core/image/raster'
import { coverRgba } from '../core/image/resample'
import { isSameShape, placeEnlarged } from '../core/image/enlargedOutput'
import { readMask } from '../core/mask/mask'
import type { OutputRef } from '../core/prediction/prediction'
import { decodeImage, makeLevels } from '../platform/imageDecode'
import { encodePng } from '../platform/imageEncode'
import { fetchOutput } from '../platform/outputFetch'
import { loadOutput, saveOutput, saveRun, saveThumbnail } from '../platform/runStore'
import { makeThumbnail } from '../platform/thumbnail'
import { doubtPolarity } from './lintController'
import { notify, reportError } from './messageStore'
import { type PasteTarget, runById, type RunOutput, updateRun } from './runsStore'
import type { SourceImage } from './sessionStore'

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
    return await paste(image, place, seed, target)
  } catch (error) {
    if (isAbort(error)) throw error
    const data = errorData(error)
    const retry = data.code === 'backend/output-unreadable' ? { ref, target, seed } : null
    return { kind: 'failed', place, error: data, retry }
  }
}

const TRIES = 3
const TRY_GAP_MS = 800

/** A paid output is worth another try: a host may be slow to have it. */
async function download(url: string, backendOrigin: string | null, signal: AbortSignal): Promise<RgbaImage> {
  for (let attempt = 1; ; attempt++) {
    try {
      const blob = await fetchOutput(url, backendOrigin, signal)
      return (await decodeImage(blob, 'output')).pixels
    } catch (error) {
      const again = error instanceof AppError && error.code === 'backend/output-unreadable'
      if (!again || attempt === TRIES) throw error
      await new Promise((resolve) => setTimeout(resolve, TRY_GAP_MS * attempt))
    }
  }
}

/** Fetches an output again that could not be read. */
export async function retryOutput(runId: string, place: number): Promise<void> {
  const failed = runById(runId)?.outputs.find((output) => output.place === place)
  if (failed?.kind !== 'failed' || !failed.retry) return
  const { ref, seed, target } = failed.retry
  const output = await receiveOutput(ref, place, seed, target, new AbortController().signal)
  const outputs = (runById(runId)?.outputs ?? []).map((other) => (other.place === place ? output : other))
  updateRun(runId, { outputs })
  await storeOutputs(runId, [output])
  const record = runById(runId)?.record
  if (record?.phase !== 'running' || canRetry(outputs)) return
  updateRun(runId, { record: { ...record, phase: 'done' } })
  await saveRun({ ...record, phase: 'done' })
}

/** True where an output could still be fetched. */
export function canRetry(outputs: readonly RunOutput[]): boolean {
  return outputs.some((output) => output.kind === 'failed' && output.retry !== null)
}

async function paste(
  image: RgbaImage,
  place: number,
  seed: number | null,
  target: PasteTarget,
): Promise<RunOutput> {
  const { source, region, mask } = target
  // What is larger than what it was made from is a picture of its own: nothing of it is scaled away.
  if (mask === null && (!isSameShape(image, region) || image.width > region.width)) {
    const at = placeEnlarged(image, source.pixels)
    return { kind: 'ready', place, crop: image, rect: at, whole: true, ...(await makeLevels(image)), seed }
  }
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
  const came = cropRgba(covered.image, inside)
  if (mask === null) {
    return { kind: 'ready', place, crop: came, rect, whole: false, ...(await makeLevels(came)), seed }
  }
  const coverage = readMask(mask, rect)
  const model = runById(target.runId)?.record.model
  // A result of this device is what the engine made inside the mask.
  if (place === 0 && model !== undefined && target.backendOrigin !== null) {
    if (changeSide(cropRgba(source.pixels, rect), came, coverage) === 'outside') doubtPolarity(model)
  }
  const crop = pasteBack(source.pixels, came, coverage, rect)
  return { kind: 'ready', place, crop, rect, whole: false, ...(await makeLevels(crop)), seed }
}

/** Writes the outputs of a run to disk. */
export async function storeOutputs(runId: string, outputs: readonly RunOutput[]): Promise<void> {
  try {
    for (const output of outputs) {
      if (output.kind === 'ready') await saveOutput(runId, output.place, await encodePng(output.crop))
    }
  } catch (cause) {
    // It stays in memory: the page says so, and what is needed can be downloaded.
    updateRun(runId, { unsaved: true })
    reportError(new AppError('storage/unavailable', { cause }))
  }
}

/** Stores a small picture of the run's first output for its card. */
export async function storeThumbnail(runId: string): Promise<void> {
  const run = runById(runId)
  const first = run?.outputs.find((output) => output.kind === 'ready')
  if (!run?.source || first?.kind !== 'ready') return
  try {
    const { source } = run
    await saveThumbnail(runId, await makeThumbnail(source.pixels, source.levels, first.levels, first.rect))
  } catch {
    // A card without a picture is still a card.
  }
}

/** The stored outputs of a run from an earlier visit. */
export async function loadOutputs(
  runId: string,
  count: number,
  rect: Rect,
  picture: Size,
  seeds: readonly number[],
): Promise<RunOutput[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, place): Promise<RunOutput> => {
      const blob = await loadOutput(runId, place)
      if (!blob)
        return { kind: 'failed', place, error: new AppError('backend/data-removed').data, retry: null }
      const { pixels, levels, opaque } = await decodeImage(blob, 'output')
      const whole = pixels.width !== rect.width || pixels.height !== rect.height
      const at = whole ? placeEnlarged(pixels, picture) : rect
      return {
        kind: 'ready',
        place,
        crop: pixels,
        rect: at,
        whole,
        levels,
        opaque,
        seed: seeds[place] ?? null,
      }
    }),
  )
}

/** The whole picture with the output in it; of an output that is a picture of its own, that. */
export function compositeOf(source: SourceImage, output: RunOutput & { kind: 'ready' }): RgbaImage {
  if (output.whole) return output.crop
  return overlayRgba(source.pixels, output.crop, output.rect.x, output.rect.y)
}
