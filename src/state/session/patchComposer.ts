import { isCoverageAtHand } from '../../core/document/coverageReplay'
import type { Patch } from '../../core/document/document'
import { intersectRect, isEmptyRect, type Rect } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { Ports } from '../ports'
import type { PixelStore } from './pixelStore'
import { composeCells, hasNoTone, isPaintedFurther } from './patchCells'
import { layersOf, ownPixels, readPicture, withPatches } from './patches'
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
  ports: Pick<Ports, 'patches' | 'page' | 'codec'>,
  pixels: PixelStore,
): PatchComposer {
  const { patches: worker, page } = ports
  const read = async (source: SourceImage, rect: Rect): Promise<RgbaImage> => {
    const out = createRgba(rect.width, rect.height, baseOf(source).pixels.profile)
    for (const band of bandsOf(rect)) {
      await page.nextTask()
      pasteInto(out, readPicture(source, band), 0, band.y - rect.y)
    }
    return out
  }

  /** @param before what it was with one command less, where the picture below is still the same */
  const show = async (below: SourceImage, patch: Patch, before: ShownPatch | null): Promise<ShownPatch> => {
    const own = await ownPixels(pixels, below, patch)
    if (!own) return { patch, layers: [], isMissing: true }
    if (!patch.visible || patch.blend.opacity === 0) return { patch, layers: [], isMissing: false }
    if (hasNoTone(patch) && isCoverageAtHand(patch)) {
      const layers = await composeCells(ports, { below, patch, own, before })
      return { patch, layers, isMissing: false }
    }
    const layer = await worker.compose({ patch, pixels: own, below: await read(below, patch.rect) })
    return { patch, layers: layer ? [layer] : [], isMissing: false }
  }

  return {
    async compose(source, patches) {
      const old = shownPatches(source)
      const changed = changedRects(old, patches)
      const shown: ShownPatch[] = []
      for (const [place, patch] of patches.entries()) {
        const known = old.find((one) => one.patch === patch)
        const isSame = !changed.some((rect) => meets(rect, patch.rect))
        if (known && isSame) shown.push(known)
        else {
          const before = known ?? replacedBy(patches, place, old)
          const isFurther = !known && isSame && before && isPaintedFurther(patch, before.patch)
          const made = await show(withPatches(source, shown), patch, isFurther ? before : null)
          changed.push(...changedLayers(before?.layers ?? [], made.layers))
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
      const held = new Set(source ? layersOf(source) : [])
      for (const layer of layersOf(result)) if (!held.has(layer)) closeLevels(layer.levels)
    },
  }
}

/** What a patch was before it was changed at its place; null where it is a known one, or none of that name lay there. */
function replacedBy(patches: readonly Patch[], place: number, old: readonly ShownPatch[]): ShownPatch | null {
  const before = old.length === patches.length ? old[place] : null
  const patch = patches[place]
  return before && before.patch !== patch && before.patch.id === patch.id ? before : null
}

/** Where the picture may change although no patch there is a new one: results that went, or lie in another order. */
function changedRects(old: readonly ShownPatch[], patches: readonly Patch[]): Rect[] {
  const kept = patches.filter((patch) => old.some((one) => one.patch === patch))
  const replaced = new Set(patches.map((_, place) => replacedBy(patches, place, old)))
  const stayed = old.filter(({ patch }) => kept.includes(patch))
  const moved = stayed.findIndex(({ patch }, place) => patch !== kept[place])
  const gone = old.filter((one) => !stayed.includes(one) && !replaced.has(one))
  return [...gone, ...(moved < 0 ? [] : stayed.slice(moved))].flatMap(({ layers }) =>
    layers.map(({ rect }) => rect),
  )
}

/** Where two lists of layers differ. */
function changedLayers(before: readonly PatchLayer[], after: readonly PatchLayer[]): Rect[] {
  const own = [
    ...before.filter((layer) => !after.includes(layer)),
    ...after.filter((layer) => !before.includes(layer)),
  ]
  return own.map(({ rect }) => rect)
}

function meets(a: Rect, b: Rect): boolean {
  return !isEmptyRect(intersectRect(a, b))
}
