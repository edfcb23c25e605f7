import { expose, transfer } from 'comlink'
import { composePatch } from '../core/document/composePatch'
import { LiveBlend } from '../core/document/liveBlend'
import { changedOutside } from '../core/document/outsideChange'
import { FrameColors } from '../core/image/color/frameColors'
import { isOpaque } from '../core/image/raster'
import { bitmapSpace, halvings, shownBitmap, shownFrame } from './codecLevels'
import type { PatchApi } from './patchApi'
import { shareErrors } from './workerErrors'

let live: LiveBlend | null = null
let colors = new FrameColors()

const api: PatchApi = {
  async compose({ patch, pixels, below }) {
    const composed = composePatch(patch, pixels, below)
    if (!composed) return null
    const { crop, tone } = composed
    const levels = halvings(await shownBitmap(crop), bitmapSpace(crop.profile))
    const field = tone.seam ? [tone.seam.field.values.buffer] : []
    return transfer({ ...composed, levels, opaque: isOpaque(crop) }, [crop.data.buffer, ...field, ...levels])
  },

  outside: (job) => Promise.resolve(changedOutside(job)),

  openLive(job) {
    live = new LiveBlend(job)
    colors = new FrameColors()
    return Promise.resolve()
  },

  async drawLive(blend, view) {
    const drawn = live?.draw(blend, view)
    if (!drawn) return null
    const { rect, crop } = drawn
    const levels = [await shownFrame(crop, rect, colors)]
    return transfer({ rect, levels, opaque: isOpaque(crop) }, levels)
  },
}

shareErrors()
expose(api)
