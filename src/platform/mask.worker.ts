import { AppError, errorData } from '../core/errors'
import type { GrayImage, RgbaImage } from '../core/image/raster'
import { selectByColor } from '../core/mask/colorSelect'
import { runOperation } from '../core/mask/maskOperation'
import type { MaskReply, MaskRequest } from './maskProtocol'

interface WorkerScope {
  onmessage: ((event: MessageEvent<MaskRequest>) => void) | null
  postMessage(message: MaskReply, transfer: Transferable[]): void
}

const scope = globalThis as unknown as WorkerScope
let kept: { readonly key: string; readonly picture: RgbaImage } | null = null

scope.onmessage = ({ data: request }) => {
  try {
    const image = answer(request)
    scope.postMessage({ id: request.id, kind: 'image', image }, [image.data.buffer])
  } catch (error) {
    scope.postMessage({ id: request.id, kind: 'error', error: errorData(error) }, [])
  }
}

function answer(request: MaskRequest): GrayImage {
  if (request.kind === 'operation') return runOperation(request.image, request.operation)
  if (request.picture) kept = { key: request.key, picture: request.picture }
  if (kept?.key !== request.key) throw new AppError('unexpected', { detail: 'picture missing' })
  return selectByColor(kept.picture, request.point, request.options)
}
