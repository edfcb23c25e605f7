import { AppError } from '../core/errors'
import type { ImagePoint } from '../core/geometry'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import type { ColorSelection } from '../core/mask/colorSelect'
import type { MaskOperation } from '../core/mask/maskOperation'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import maskWorkerUrl from './mask.worker.ts?worker&url'
import type { MaskReply, MaskRequest } from './maskProtocol'
import { startModuleWorker } from './trustedTypes'

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

let worker: Worker | null = null
let sentKey: string | null = null
let nextId = 1

/** Runs an operation on a raster, off the main thread. */
export function computeOperation(image: GrayImage, operation: MaskOperation): Promise<GrayImage> {
  return ask({ kind: 'operation', image, operation })
}

/** Selects by colour on a picture, off the main thread. @param key names the picture: it is sent once */
export function computeSelection(
  key: string,
  picture: RgbaImage,
  point: ImagePoint,
  options: ColorSelection,
): Promise<GrayImage> {
  const known = worker !== null && sentKey === key
  sentKey = key
  return ask({ kind: 'select', key, picture: known ? null : picture, point, options })
}

async function ask(request: Unnumbered<MaskRequest>): Promise<GrayImage> {
  worker ??= startModuleWorker(maskWorkerUrl)
  const target = worker
  const id = nextId++
  const done = new AbortController()
  const { signal } = done
  try {
    return await new Promise<GrayImage>((resolve, reject) => {
      target.addEventListener(
        'message',
        ({ data }: MessageEvent<MaskReply>) => {
          if (data.id !== id) return
          if (data.kind === 'image') resolve(data.image)
          else reject(new AppError(data.error.code, data.error))
        },
        { signal },
      )
      target.addEventListener(
        'error',
        (event) => {
          worker = null
          sentKey = null
          reject(new AppError('unexpected', { detail: event.message }))
        },
        { signal },
      )
      target.postMessage({ ...request, id })
    })
  } finally {
    done.abort()
  }
}
