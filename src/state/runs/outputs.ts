import type { QueryClient } from '@tanstack/react-query'
import type { PlacedOutput } from '../../core/run/placeOutput'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import { AppError, errorData, isAbort } from '../../core/errors'
import { freeBytes } from '../../core/freeBytes'
import { movedRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { MAX_FULL_PIXELS } from '../../core/image/seenPart'
import { placeEnlarged } from '../../core/image/enlargedOutput'
import { overlayRgba, type RgbaImage, withProfileOf } from '../../core/image/raster'
import { type OutputRef, seedOf } from '../../core/prediction/prediction'
import type { Ports } from '../ports'
import type { LateMaskCheck } from '../session/maskCheck'
import { readPicture } from '../session/patches'
import type { PatchesRoom } from '../session/patchesRoom'
import { baseOf, type SourceImage } from '../session/source'
import type { Messages } from '../shell/messages'
import { createDownload, isPassing } from './download'
import { placeAnswer } from './place'
import { heldAnswer } from './heldAnswer'
import { heldCrop } from './outputCrop'
import type { PasteTarget, ReadyOutput, RunOutput, Runs } from './runs'
import { createTurns } from './turns'
import { createWaitingPixels, type PlacedPixels } from './waitingPixels'

export interface Outputs {
  /**
   * One output as a changed part of the picture: its bytes fetched at once, brought to the region's size, blended by
   * the mask. An output that cannot be read is an entry that says why.
   */
  receive(
    ref: OutputRef,
    place: number,
    seed: number | null,
    target: PasteTarget,
    signal: AbortSignal,
  ): Promise<RunOutput>
  /**
   * Reads the stored outputs of a run; one that cannot be read is an entry that says why.
   * @param rects where they may lie, px of the source: the one of their size holds
   * @param picture the source's size
   * @param wholeRect where outputs of another size lie; null where that is not known
   */
  load(
    runId: string,
    count: number,
    rects: readonly Rect[],
    picture: Size,
    wholeRect: Rect | null,
    seeds: readonly number[],
  ): Promise<RunOutput[]>
}

interface OutputRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly runs: Runs
  readonly check: LateMaskCheck
  readonly queries: QueryClient
  readonly patches: PatchesRoom
}

export function createOutputs({
  ports,
  messages,
  runs,
  check,
  queries,
  patches: { pixels },
}: OutputRooms): Outputs {
  /** One after the other: each holds a copy of the picture, and one worker blends them all. */
  const inTurn = createTurns()
  const download = createDownload(ports, queries, inTurn)
  const waiting = createWaitingPixels()

  /** @param file what was fetched; null for an answer that was made here */
  const paste = async (
    answer: RgbaImage,
    file: Blob | null,
    place: number,
    seed: number | null,
    target: PasteTarget,
  ): Promise<ReadyOutput> => {
    const { region, runId, backendOrigin } = target
    const { width, height } = answer
    const placed = await placeAnswer(ports, answer, target, true)
    const { crop, rect, whole, levels, opaque, cut, changedOutside } = placed
    runs.patchRecord(runId, whole ? { wholeRect: rect } : { outputRect: rect })
    // A result of this device is what the engine made, never a refusal.
    const blank = placed.blank && backendOrigin !== null
    if (cut) {
      messages.notify('output-cut', {
        width,
        height,
        regionWidth: region.width,
        regionHeight: region.height,
      })
    }
    const model = runs.byId(runId)?.record.document.setup.model
    // A result of this device is what the engine made inside the mask.
    if (place === 0 && changedOutside && model !== undefined && backendOrigin !== null) {
      void check.doubtPolarity(model)
    }
    const again = file && (() => inTurn(() => placeFile(file, target)))
    const pending = heldAnswer(
      waiting.hold(pixelsOf(placed), again),
      crop,
      placed.raw?.rect ?? null,
      pixels,
      () => readStored(runId, place),
    )
    const shown = { levels: shownLevels(levels), opaque }
    return { kind: 'ready', place, ...pending, rect, whole, ...shown, seed, blank }
  }

  /** What was fetched, decoded and put into the picture once more. */
  const placeFile = async (file: Blob, target: PasteTarget): Promise<PlacedPixels> => {
    const answer = await ports.codec.pixels(file, 'output')
    return pixelsOf(await placeAnswer(ports, answer, target, false))
  }

  const storedFile = async (runId: string, place: number): Promise<Blob> => {
    const blob = await ports.runs.loadOutput(runId, place)
    if (!blob) throw new AppError('run/output-missing')
    return blob
  }

  const decodeStored = async (runId: string, place: number) =>
    ports.codec.decode(await storedFile(runId, place), 'output')

  const readStored = async (runId: string, place: number): Promise<RgbaImage> =>
    ports.codec.pixels(await storedFile(runId, place), 'output')

  return {
    async receive(ref, place, seed, target, signal) {
      try {
        if (ref.kind === 'url') {
          const use = (answer: RgbaImage, file: Blob) => paste(answer, file, place, seed, target)
          return await download(ref.url, place, target, signal, use)
        }
        const { image, at } = ref
        const { region, source } = target
        const shown = at ? { ...target, region: movedRect(at, region.x, region.y) } : target
        return await inTurn(() => {
          // A copy: where the worker fails, the backend's own serves another try. Made here, of the picture's own values.
          const answer = withProfileOf(baseOf(source).pixels, { ...image, data: image.data.slice() })
          return paste(answer, null, place, seed, shown)
        })
      } catch (error) {
        if (isAbort(error)) throw error
        return {
          kind: 'failed',
          place,
          error: errorData(error),
          retry: isPassing(error) ? { ref, target, seed } : null,
        }
      }
    },
    load(runId, count, rects, picture, wholeRect, seeds) {
      return Promise.all(
        Array.from({ length: count }, async (_, place): Promise<RunOutput> => {
          try {
            const { pixels: stored, levels: all, opaque } = await inTurn(() => decodeStored(runId, place))
            const levels = shownLevels(all)
            const read = () => readStored(runId, place)
            const crop = heldCrop(stored, read, read)
            crop.release()
            // It is shown from its bitmaps, and read again when it is wanted.
            freeBytes(stored.data)
            const { width, height } = stored
            const known = rects.find((rect) => rect.width === width && rect.height === height)
            const rect = known ?? wholeRect ?? placeEnlarged(stored, rectOf(picture))
            const seed = seedOf(seeds, place)
            const shown = { crop, rect, whole: !known, levels, opaque, raw: null }
            return { kind: 'ready', place, ...shown, seed }
          } catch (error) {
            return { kind: 'failed', place, error: errorData(error), retry: null }
          }
        }),
      )
    },
  }
}

/** What of a placed answer is written to disk. */
function pixelsOf({ crop, raw }: PlacedOutput): PlacedPixels {
  return { crop, raw: raw && raw.pixels }
}

/**
 * A large output is drawn from half its size: eight of 12 MP at full size are 400 MB. What is seen larger is made part by
 * part, as `seenPart` says.
 */
function shownLevels(levels: readonly ImageBitmap[]): readonly ImageBitmap[] {
  const [full, half, ...rest] = levels
  if (!half || full.width * full.height <= MAX_FULL_PIXELS) return levels
  full.close()
  return [half, half, ...rest]
}

/** True where an output could still be fetched. */
export function canRetry(outputs: readonly RunOutput[]): boolean {
  return outputs.some((output) => output.kind === 'failed' && output.retry !== null)
}

/** True for one that its backend is asked for: it was stored here. */
export function isAsked(output: RunOutput): boolean {
  return output.kind === 'failed' && output.retry === 'ask'
}

/** An output that is no longer stored, as one to ask its backend for where that may still have it. */
export function askable(output: RunOutput, { predictionId }: RunRecord): RunOutput {
  const isGone = output.kind === 'failed' && output.error.code === 'run/output-missing'
  return isGone && predictionId !== null ? { ...output, retry: 'ask' } : output
}

/**
 * What is shown of the picture with the output pasted in; an output that replaces the whole picture is returned as it is.
 * @param frame px of the picture
 */
export async function compositeOf(source: SourceImage, frame: Rect, output: ReadyOutput): Promise<RgbaImage> {
  const crop = await output.crop.read()
  if (output.whole) return crop
  return overlayRgba(readPicture(source, frame), crop, output.rect.x - frame.x, output.rect.y - frame.y)
}
