import { intersectRect, isEmptyRect, movedRect, type Rect, rectOf } from '../../core/geometry'
import { createRgba, pastePart, type RgbaImage } from '../../core/image/raster'
import type { Patch } from '../../core/document/document'
import { pixelQuarters } from '../../core/document/turnPatch'
import { editedName } from './pictureName'
import type { PixelStore } from './pixelStore'
import {
  baseOf,
  pictureSize,
  type PatchLayer,
  type ShownPatch,
  shownPatches,
  type SourceImage,
} from './source'

/** The picture with these results over it in place of what it had; nothing is copied. */
export function withPatches(source: SourceImage, patches: readonly ShownPatch[]): SourceImage {
  const base = baseOf(source)
  if (patches.length === 0) return base
  const applied = { base, patches }
  if (!patches.some(({ layers }) => layers.length > 0)) return { ...base, applied }
  const name = editedName(base.name)
  // Some need all of it; it is made again where nobody has held it for a while.
  let whole: WeakRef<RgbaImage> | null = null
  const shown: SourceImage = {
    ...base,
    name,
    get pixels() {
      const held = whole?.deref()
      if (held) return held
      const made = readPicture(shown, rectOf(base.pixels))
      whole = new WeakRef(made)
      return made
    },
    file: null,
    applied,
  }
  return shown
}

/** The layers that draw the kept results, bottom first. */
export function layersOf(source: SourceImage): readonly PatchLayer[] {
  return shownPatches(source).flatMap(({ layers }) => layers)
}

/** The pixels of one of the picture's results, of its rectangle's size; null where they are gone. */
export async function ownPixels(
  pixels: PixelStore,
  source: SourceImage,
  patch: Pick<Patch, 'pixels' | 'rect' | 'quarters'>,
): Promise<RgbaImage | null> {
  const { pixels: key, rect } = patch
  const base = baseOf(source)
  // What the picture was opened with can be painted over its results.
  const own = key === base.key ? base.pixels : await pixels.load(key, pixelQuarters(patch, base.key))
  return own?.width === rect.width && own.height === rect.height ? own : null
}

/**
 * A copy of a part of the picture with what is kept, as `composeRegion` in core makes it.
 * @param rect image px; transparent black where it reaches beyond base and patches
 */
export function readPicture(source: SourceImage, rect: Rect): RgbaImage {
  const base = baseOf(source)
  const out = createRgba(rect.width, rect.height, base.pixels.profile)
  const inside = intersectRect(rect, rectOf(pictureSize(base)))
  pastePart(out, base.pixels, inside, inside.x - rect.x, inside.y - rect.y)
  for (const layer of layersOf(source)) {
    const part = intersectRect(layer.rect, rect)
    if (isEmptyRect(part)) continue
    const from = movedRect(part, -layer.rect.x, -layer.rect.y)
    pastePart(out, layer.crop, from, part.x - rect.x, part.y - rect.y)
  }
  return out
}
