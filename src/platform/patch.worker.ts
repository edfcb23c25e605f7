import { expose, transfer } from 'comlink'
import { composePatch } from '../core/document/composePatch'
import { isOpaque } from '../core/image/raster'
import { bitmapSpace, halvings, shownBitmap } from './codecLevels'
import type { PatchApi } from './patchApi'
import { shareErrors } from './workerErrors'

const api: PatchApi = {
  async compose({ patch, pixels, below }) {
    const composed = composePatch(patch, pixels, below)
    if (!composed) return null
    const { crop } = composed
    const levels = halvings(await shownBitmap(crop), bitmapSpace(crop.profile))
    return transfer({ ...composed, levels, opaque: isOpaque(crop) }, [crop.data.buffer, ...levels])
  },
}

shareErrors()
expose(api)
