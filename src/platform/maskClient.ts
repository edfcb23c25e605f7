import { AppError } from '../core/errors'
import type { Size } from '../core/geometry'
import type { RgbaImage } from '../core/image/raster'
import { cutBands, type TileChange, wholeBand } from '../core/mask/command/maskBand'
import type { Mask } from '../core/mask/mask'
import type { MaskReview } from '../core/mask/lint/maskLint'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { Selection } from '../core/mask/select/selection'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import maskWorkerUrl from './mask.worker.ts?worker&url'
import type { MaskPictureMessage, MaskReply, MaskRequest, MaskWarmUp } from './maskProtocol'
import { startModuleWorker } from './trustedTypes'

type AnswerOf<Kind extends MaskReply['kind']> = Extract<MaskReply, { readonly kind: Kind }>
type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

interface SentPicture {
  readonly key: string
  done: Promise<void>
}

/** One for each core, within reason. The first also has the picture. */
const workers: (Worker | undefined)[] = []
const warmed = new WeakMap<Worker, Set<MaskWarmUp['what']>>()
const WORKERS = Math.min(4, Math.max(1, navigator.hardwareConcurrency))
/** The picture that the first worker has or is being sent. */
let sent: SentPicture | null = null
let nextId = 1

/** What a command makes of a mask, off the main thread, on several cores where it can be taken apart. */
export async function computeCommand(mask: Mask, command: MaskCommand): Promise<TileChange[]> {
  // Twice as many as workers: the one that is done early takes another.
  const bands = cutBands(mask, command, 2 * WORKERS)
  const all: TileChange[] = []
  const work = async (index: number) => {
    for (let band = bands.shift(); band; band = bands.shift()) {
      const { changes } = await ask(index, { kind: 'command', band, command }, 'changes')
      all.push(...changes)
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => work(index)))
  return all
}

/** Selects on a picture, off the main thread. @param key names the picture: it is sent once */
export async function computeSelection(
  key: string,
  picture: RgbaImage,
  selection: Selection,
): Promise<AnswerOf<'selection'>> {
  await sending(key, picture)
  return ask(0, { kind: 'select', key, selection }, 'selection')
}

/** A selection is likely next: the picture goes to the worker, and its code is compiled. */
export async function prepareSelection(
  key: string,
  picture: RgbaImage,
  kind: Selection['kind'],
): Promise<void> {
  // What selects by colour is little code: it would only wait for this.
  if (kind === 'object') warm(0, 'selections')
  await sending(key, picture)
}

/** An operation is likely next. */
export function prepareOperations(): void {
  for (let index = 0; index < WORKERS; index++) warm(index, 'operations')
}

function warm(index: number, what: MaskWarmUp['what']): void {
  const worker = workerAt(index)
  const done = warmed.get(worker) ?? new Set()
  if (done.has(what)) return
  warmed.set(worker, done.add(what))
  worker.postMessage({ kind: 'warm', what } satisfies MaskWarmUp)
}

function sending(key: string, picture: RgbaImage): Promise<void> {
  if (sent?.key !== key) {
    const next = { key, done: Promise.resolve() }
    sent = next
    next.done = sendPicture(next, picture)
  }
  return sent.done
}

/** So many bytes at a time: copied in a few ms. */
const PART_BYTES = 8 * 1024 * 1024

/** Stops where another picture is wanted meanwhile. */
async function sendPicture(job: SentPicture, { width, height, data }: RgbaImage): Promise<void> {
  const target = workerAt(0)
  target.postMessage({ kind: 'picture', key: job.key, width, height } satisfies MaskPictureMessage)
  for (let offset = 0; offset < data.length; offset += PART_BYTES) {
    const bytes = data.slice(offset, offset + PART_BYTES)
    target.postMessage({ kind: 'part', offset, bytes } satisfies MaskPictureMessage, [bytes.buffer])
    await new Promise((resolve) => setTimeout(resolve))
    if (sent !== job) throw new DOMException('another picture', 'AbortError')
  }
}

/** Looks a mask over, off the main thread. @see reviewMask */
export async function computeReview(mask: Mask, model: Size | null): Promise<MaskReview | null> {
  return (await ask(0, { kind: 'review', mask: wholeBand(mask), model }, 'review')).review
}

function workerAt(index: number): Worker {
  return (workers[index] ??= startModuleWorker(maskWorkerUrl))
}

async function ask<Kind extends 'changes' | 'selection' | 'review'>(
  index: number,
  request: Unnumbered<MaskRequest>,
  kind: Kind,
  transfer: Transferable[] = [],
): Promise<AnswerOf<Kind>> {
  const target = workerAt(index)
  const id = nextId++
  const done = new AbortController()
  const { signal } = done
  try {
    return await new Promise<AnswerOf<Kind>>((resolve, reject) => {
      target.addEventListener(
        'message',
        ({ data }: MessageEvent<MaskReply>) => {
          if (data.id !== id) return
          if (data.kind === 'error') reject(new AppError(data.error.code, data.error))
          else if (data.kind === kind) resolve(data as AnswerOf<Kind>)
        },
        { signal },
      )
      target.addEventListener(
        'error',
        (event) => {
          workers[index] = undefined
          if (index === 0) sent = null
          reject(new AppError('unexpected', { detail: event.message }))
        },
        { signal },
      )
      target.postMessage({ ...request, id }, transfer)
    })
  } finally {
    done.abort()
  }
}
