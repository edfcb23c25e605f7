import { AppError, errorData } from '../core/errors'
import { createRgba, type RgbaImage } from '../core/image/raster'
import { bandMask, runBand } from '../core/mask/command/maskBand'
import { reviewMask } from '../core/mask/lint/maskLint'
import { encodeRuns } from '../core/mask/raster/maskRuns'
import { runSelection } from '../core/mask/select/selection'
import { warmOperations, warmSelections } from './maskWarmUp'
import type { MaskPictureMessage, MaskReply, MaskRequest, MaskWarmUp } from './maskProtocol'

interface WorkerScope {
  onmessage: ((event: MessageEvent<MaskRequest | MaskPictureMessage | MaskWarmUp>) => void) | null
  postMessage(message: MaskReply, transfer: Transferable[]): void
}

const scope = globalThis as unknown as WorkerScope
let kept: { readonly key: string; readonly picture: RgbaImage } | null = null

scope.onmessage = ({ data: request }) => {
  if (request.kind === 'picture') {
    kept = { key: request.key, picture: createRgba(request.width, request.height) }
    return
  }
  if (request.kind === 'part') {
    kept?.picture.data.set(request.bytes, request.offset)
    return
  }
  if (request.kind === 'warm') {
    if (request.what === 'selections') warmSelections()
    else warmOperations()
    return
  }
  try {
    answer(request)
  } catch (error) {
    scope.postMessage({ id: request.id, kind: 'error', error: errorData(error) }, [])
  }
}

function answer(request: MaskRequest): void {
  const { id } = request
  if (request.kind === 'command') {
    const changes = runBand(request.band, request.command)
    const made = changes.flatMap(({ tile }) => (tile instanceof Uint8Array ? [tile.buffer] : []))
    scope.postMessage({ id, kind: 'changes', changes }, made)
    return
  }
  if (request.kind === 'review') {
    scope.postMessage({ id, kind: 'review', review: reviewMask(bandMask(request.mask), request.model) }, [])
    return
  }
  if (kept?.key !== request.key) throw new AppError('unexpected', { detail: 'picture missing' })
  const { rect, image } = runSelection(kept.picture, request.selection)
  const runs = encodeRuns(image)
  scope.postMessage({ id, kind: 'selection', rect, runs }, [runs.buffer])
}
