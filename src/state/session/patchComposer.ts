import type { Patch } from '../../core/document/document'
import { intersectRect, isEmptyRect, type Rect } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { Ports } from '../ports'
import type { PixelStore } from './pixelStore'
import { readPicture, withPatches } from './patches'
import {
  baseOf,
  closeLevels,
  type PatchLayer,
  type ShownPatch,
  shownPatches,
  type SourceImage,
} from './source'

/** Computes what kept results come to, in a worker. */
export interface PatchComposer {
  /**
   * The picture with these results over it in place of what it had. What nothing below has changed is taken over.
   * @param patches bottom first
   */
  compose(source: SourceImage, patches: readonly Patch[]): Promise<SourceImage>
  /** The picture below one of its results, over that result's rectangle. @param place from the bottom */
  below(source: SourceImage, place: number): Promise<RgbaImage>
  /** Frees what `result` draws and `source` does not. */
  discard(result: SourceImage, source: SourceImage | null): void
}

export function createPatchComposer(
  { patches: worker, page }: Pick<Ports, 'patches' | 'page'>,
  pixels: PixelStore,
): PatchComposer {
  const read = async (source: SourceImage, rect: Rect): Promise<RgbaImage> => {
    const out = createRgba(rect.width, rect.height, baseOf(source).pixels.profile)
    for (const band of bandsOf(rect)) {
      await page.nextTask()
      pasteInto(out, readPicture(source, band), 0, band.y - rect.y)
    }
    return out
  }

  const show = async (below: SourceImage, patch: Patch): Promise<ShownPatch> => {
    const own = await pixels.load(patch.pixels)
    if (!own || own.width !== patch.rect.width || own.height !== patch.rect.height)
      return { patch, layer: null, isMissing: true }
    const isSeen = patch.visible && patch.blend.opacity > 0
    const layer = isSeen
      ? await worker.compose({ patch, pixels: own, below: await read(below, patch.rect) })
      : null
    return { patch, layer, isMissing: false }
  }

  return {
    async compose(source, patches) {
      const old = shownPatches(source)
      const changed = changedRects(old, patches)
      const shown: ShownPatch[] = []
      for (const patch of patches) {
        const known = old.find((one) => one.patch === patch)
        if (known && !changed.some((rect) => meets(rect, patch.rect))) shown.push(known)
        else {
          const made = await show(withPatches(source, shown), patch)
          changed.push(...rectsOf([made, ...(known ? [known] : [])]))
          shown.push(made)
        }
      }
      return withPatches(source, shown)
    },
    below(source, place) {
      const shown = shownPatches(source)
      return read(withPatches(source, shown.slice(0, place)), shown[place].patch.rect)
    },
    discard(result, source) {
      const held = new Set(source ? shownPatches(source) : [])
      for (const one of shownPatches(result)) if (!held.has(one)) closeLevels(one.layer?.levels ?? [])
    },
  }
}

/** Where the picture may change although no patch there is a new one: results that went, or lie in another order. */
function changedRects(old: readonly ShownPatch[], patches: readonly Patch[]): Rect[] {
  const kept = patches.filter((patch) => old.some((one) => one.patch === patch))
  const stayed = old.filter(({ patch }) => kept.includes(patch))
  const moved = stayed.findIndex(({ patch }, place) => patch !== kept[place])
  const gone = old.filter((one) => !stayed.includes(one))
  return rectsOf([...gone, ...(moved < 0 ? [] : stayed.slice(moved))])
}

function rectsOf(shown: readonly ShownPatch[]): Rect[] {
  return shown.flatMap(({ layer }: { readonly layer: PatchLayer | null }) => (layer ? [layer.rect] : []))
}

function meets(a: Rect, b: Rect): boolean {
  return !isEmptyRect(intersectRect(a, b))
}
