import { transfer } from 'comlink'
import type { Rect, Size } from '../core/geometry'
import type { RgbaImage } from '../core/image/raster'
import { cutBands, type TileChange, wholeBand } from '../core/mask/command/maskBand'
import type { MaskCommand, RasterCommand } from '../core/mask/command/maskCommand'
import type { ReplayedMask } from '../core/mask/command/replayMask'
import type { ImportedMask } from '../core/mask/command/maskImport'
import type { MaskReview } from '../core/mask/lint/maskLint'
import type { Mask } from '../core/mask/mask'
import type { Selection } from '../core/mask/select/selection'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import maskWorkerUrl from './mask.worker.ts?worker&url'
import type { MaskApi, MaskWarmUp, SelectedArea } from './maskApi'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const MAX_WORKERS = 4
/** Bytes of a picture that are sent at once: copied in a few ms. */
const PART_BYTES = 8 * 1024 * 1024

interface MaskWorker {
  readonly client: WorkerClient<MaskApi>
  readonly warmed: Set<MaskWarmUp>
}

interface SentPicture {
  readonly key: string
  done: Promise<void>
}

let pool: readonly MaskWorker[] | null = null
/** The picture that the first worker has or is being sent. */
let sent: SentPicture | null = null

/** One for each core, up to MAX_WORKERS. The first also has the picture. */
function workers(): readonly MaskWorker[] {
  const count = Math.min(MAX_WORKERS, Math.max(1, navigator.hardwareConcurrency))
  pool ??= Array.from({ length: count }, (_, index) => {
    const warmed = new Set<MaskWarmUp>()
    const onEnd = () => {
      warmed.clear()
      if (index === 0) sent = null
    }
    const start = () => startModuleWorker(maskWorkerUrl)
    return { client: new WorkerClient<MaskApi>({ start, onEnd }), warmed }
  })
  return pool
}

/**
 * What a command makes of a mask, off the main thread, on several cores where it can be taken apart.
 * @returns the tiles that change, in no order
 * @throws AppError where a worker fails
 */
export async function computeCommand(mask: Mask, command: MaskCommand): Promise<TileChange[]> {
  const all = workers()
  // Twice as many as workers: one that is done early takes another.
  const bands = cutBands(mask, command, 2 * all.length)
  const changes: TileChange[] = []
  const work = async ({ client }: MaskWorker) => {
    for (let band = bands.shift(); band; band = bands.shift()) {
      const next = band
      changes.push(...(await client.call((api) => api.runBand(next, command))))
    }
  }
  await Promise.all(all.map(work))
  return changes
}

/**
 * Selects on a picture, off the main thread.
 * @param key names the picture: it is sent once
 * @returns where something was selected, image px; an empty rectangle where nothing was
 * @throws AppError where the worker fails; AbortError where another picture is wanted meanwhile
 */
export async function computeSelection(
  key: string,
  picture: RgbaImage,
  selection: Selection,
): Promise<SelectedArea> {
  await sendOnce(key, picture)
  return workers()[0].client.call((api) => api.select(key, selection))
}

/** Sends the picture to the worker and compiles its code ahead of a likely selection. */
export async function prepareSelection(
  key: string,
  picture: RgbaImage,
  kind: Selection['kind'],
): Promise<void> {
  // Selecting by colour is little code: it would only wait for this.
  if (kind === 'object') warm(workers()[0], 'selections')
  await sendOnce(key, picture)
}

/** Compiles the workers' code ahead of a likely operation. */
export function prepareOperations(): void {
  for (const worker of workers()) warm(worker, 'operations')
}

/**
 * Makes a mask of its commands, off the main thread.
 * @param into of the mask that is replaced, image px; `frame` unless given
 * @returns null where they make an empty one
 * @throws AppError where the worker fails
 * @see replayMask
 */
export function computeReplay(
  frame: Rect,
  commands: readonly MaskCommand[],
  into?: Rect,
): Promise<ReplayedMask | null> {
  return workers()[0].client.call((api) => api.replay(frame, commands, into))
}

/** Turns what commands make of a mask, off the main thread. @see turnMask in core */
export function computeTurn(
  frame: Rect,
  commands: readonly MaskCommand[],
  shown: Rect,
  degrees: number,
): Promise<RasterCommand | null> {
  return workers()
    .at(-1)!
    .client.call((api) => api.turn(frame, commands, shown, degrees))
}

/** The outline of the mask that commands make, off the main thread. @see maskOutline in core */
export function computeOutline(
  frame: Rect,
  commands: readonly MaskCommand[],
): Promise<Int32Array<ArrayBuffer>> {
  return workers()
    .at(-1)!
    .client.call((api) => api.outline(frame, commands))
}

/**
 * Makes a mask of a picture, off the main thread.
 * @param picture its pixels are transferred: they are gone on this side
 * @param frame the mask's, image px
 * @throws AppError where the worker fails
 * @see importMask in core
 */
export function computeImport(picture: RgbaImage, frame: Rect): Promise<ImportedMask> {
  const { client } = workers().at(-1)!
  return client.call((api) => api.importMask(transfer(picture, [picture.data.buffer]), frame))
}

/** Reviews a mask, off the main thread. @see reviewMask */
export function computeReview(mask: Mask, model: Size | null): Promise<MaskReview | null> {
  return workers()[0].client.call((api) => api.review(wholeBand(mask), model))
}

function warm({ client, warmed }: MaskWorker, what: MaskWarmUp): void {
  if (warmed.has(what)) return
  warmed.add(what)
  // A worker that fails here is replaced at the next call, which reports its own failure.
  client.call((api) => api.warm(what)).catch(() => {})
}

function sendOnce(key: string, picture: RgbaImage): Promise<void> {
  if (sent?.key !== key) {
    const next = { key, done: Promise.resolve() }
    sent = next
    next.done = sendPicture(next, picture).catch((error: unknown) => {
      // Another selection sends it again.
      if (sent === next) sent = null
      throw error
    })
  }
  return sent.done
}

/** Stops where another picture is wanted meanwhile. */
async function sendPicture(job: SentPicture, { width, height, data }: RgbaImage): Promise<void> {
  const { client } = workers()[0]
  const { key } = job
  await client.call((api) => api.openPicture(key, { width, height }))
  for (let offset = 0; offset < data.length; offset += PART_BYTES) {
    if (sent !== job) throw new DOMException('another picture', 'AbortError')
    const bytes = data.slice(offset, offset + PART_BYTES)
    await client.call((api) => api.writePicture(key, offset, transfer(bytes, [bytes.buffer])))
  }
}
