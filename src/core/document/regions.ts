import type { Rect } from '../geometry'
import type { MaskCommand } from '../mask/command/maskCommand'

/** A mask that is set aside with a prompt of its own. */
export interface MaskRegion {
  readonly id: string
  readonly name: string
  readonly prompt: string
  readonly mask: readonly MaskCommand[]
  /** What the mask is replayed over, image px: the document's frame when it was set aside. */
  readonly maskFrame: Rect
}

/** Max regions of a document. */
export const MAX_REGIONS = 64
/** Max characters of a region's name. */
export const MAX_REGION_NAME_CHARS = 80
/** Max characters of a region's prompt. */
export const MAX_REGION_PROMPT_CHARS = 20_000

/** An edit of the regions. */
export type RegionEdit =
  /** `place` counts from the first; the number of regions is the end. */
  | { readonly kind: 'region.add'; readonly region: MaskRegion; readonly place: number }
  | { readonly kind: 'region.remove'; readonly id: string }
  | { readonly kind: 'region.text'; readonly id: string; readonly name: string; readonly prompt: string }
  | ({ readonly kind: 'region.mask'; readonly id: string } & Pick<MaskRegion, 'mask' | 'maskFrame'>)

/**
 * The regions with the edit done; those it does not name stay the same objects.
 * @throws RangeError where it names a region or place that is not there, adds an id that exists, or one region more than
 * `MAX_REGIONS`
 */
export function editRegions(regions: readonly MaskRegion[], edit: RegionEdit): readonly MaskRegion[] {
  switch (edit.kind) {
    case 'region.add': {
      const { region, place } = edit
      if (regions.some(({ id }) => id === region.id)) throw new RangeError(`region.add: ${region.id} exists`)
      if (regions.length >= MAX_REGIONS) throw new RangeError(`region.add: ${MAX_REGIONS} regions are all`)
      if (!Number.isInteger(place) || place < 0 || place > regions.length)
        throw new RangeError(`no place ${place} among ${regions.length} regions`)
      return regions.toSpliced(place, 0, region)
    }
    case 'region.remove':
      return regions.toSpliced(placeOf(regions, edit.id), 1)
    case 'region.text': {
      const { id, name, prompt } = edit
      return changed(regions, id, { name, prompt })
    }
    case 'region.mask': {
      const { id, mask, maskFrame } = edit
      return changed(regions, id, { mask, maskFrame })
    }
  }
}

/**
 * The edit that takes `edit` back once it is done.
 * @param regions as they are before `edit`
 * @throws RangeError where `edit` names a region that is not there
 */
export function invertRegionEdit(regions: readonly MaskRegion[], edit: RegionEdit): RegionEdit {
  if (edit.kind === 'region.add') return { kind: 'region.remove', id: edit.region.id }
  const place = placeOf(regions, edit.id)
  const region = regions[place]
  switch (edit.kind) {
    case 'region.remove':
      return { kind: 'region.add', region, place }
    case 'region.text':
      return { ...edit, name: region.name, prompt: region.prompt }
    case 'region.mask':
      return { ...edit, mask: region.mask, maskFrame: region.maskFrame }
  }
}

function placeOf(regions: readonly MaskRegion[], id: string): number {
  const place = regions.findIndex((region) => region.id === id)
  if (place < 0) throw new RangeError(`no region ${id}`)
  return place
}

function changed(
  regions: readonly MaskRegion[],
  id: string,
  change: Partial<MaskRegion>,
): readonly MaskRegion[] {
  const place = placeOf(regions, id)
  return regions.with(place, { ...regions[place], ...change })
}
