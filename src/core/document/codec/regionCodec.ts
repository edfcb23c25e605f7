import * as v from 'valibot'
import { type CommandLimits, decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import { MAX_REGION_NAME_CHARS, MAX_REGION_PROMPT_CHARS, MAX_REGIONS, type MaskRegion } from '../regions'
import { areaSchema, keySchema } from './patchCodec'

/** A region as it is stored: its mask is bytes, as `encodeCommands` wrote them. */
export interface StoredRegion extends Omit<MaskRegion, 'mask'> {
  readonly mask: Uint8Array<ArrayBuffer>
}

export const regionTexts = {
  name: v.pipe(v.string(), v.maxLength(MAX_REGION_NAME_CHARS)),
  prompt: v.pipe(v.string(), v.maxLength(MAX_REGION_PROMPT_CHARS)),
}

export const regionMask = { mask: v.instance(Uint8Array<ArrayBuffer>), maskFrame: areaSchema }

export const regionSchema = v.object({ id: keySchema, ...regionTexts, ...regionMask })

export const regionPlaceSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_REGIONS))

const regionsSchema: v.GenericSchema<unknown, readonly StoredRegion[]> = v.pipe(
  v.array(regionSchema),
  v.maxLength(MAX_REGIONS),
  v.check((regions) => new Set(regions.map(({ id }) => id)).size === regions.length),
)

/** What was written before there were regions has none. */
export const storedRegionsSchema = v.optional(regionsSchema, [])

export function encodeRegions(regions: readonly MaskRegion[]): readonly StoredRegion[] {
  return regions.map((region) => ({ ...region, mask: encodeCommands(region.mask) }))
}

/** The inverse of `encodeRegions`. @throws AppError `share/unreadable` where the bytes of a mask are damaged */
export function decodeRegions(
  stored: readonly StoredRegion[],
  limits?: CommandLimits,
): readonly MaskRegion[] {
  return stored.map((region) => ({ ...region, mask: decodeCommands(region.mask, limits) }))
}
