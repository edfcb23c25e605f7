import * as v from 'valibot'
import { MAX_PIXELS } from '../../image/limits'
import { type CommandLimits, decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import { MAX_RADIUS } from '../../mask/maskLimits'
import { MAX_PATCHES, type Patch } from '../document'
import { boundedSide, offset } from './documentSchema'

/** A patch as it is stored: its coverage is bytes, as `encodeCommands` wrote them. */
export interface StoredPatch extends Omit<Patch, 'coverage'> {
  readonly coverage: Uint8Array<ArrayBuffer>
}

/** Max characters of an id or key. */
const MAX_KEY_CHARS = 200
/** Max number of a run's output. */
const MAX_PLACE = 1000

export const keySchema = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_KEY_CHARS))
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max))

/** Of a picture that can be open, or of a part of it. */
export const areaSchema = v.pipe(
  v.object({ x: offset, y: offset, width: boundedSide, height: boundedSide }),
  v.check(({ width, height }) => width * height <= MAX_PIXELS),
)

/** Among the patches of a document; the number of them is the top. */
export const placeSchema = whole(0, MAX_PATCHES)

export const blendSchema = v.object({
  featherPx: whole(0, MAX_RADIUS),
  growPx: whole(-MAX_RADIUS, MAX_RADIUS),
  opacity: whole(0, 100),
  matchColor: v.boolean(),
  seam: v.picklist(['none', 'gradient']),
})

export const patchSchema = v.object({
  id: keySchema,
  from: v.nullable(
    v.object({
      runId: keySchema,
      place: whole(0, MAX_PLACE),
      regionId: v.optional(keySchema),
      regionDigest: v.optional(keySchema),
    }),
  ),
  pixels: keySchema,
  quarters: v.optional(v.picklist([0, 1, 2, 3])),
  rect: areaSchema,
  coverage: v.instance(Uint8Array<ArrayBuffer>),
  coverageFrame: areaSchema,
  blend: blendSchema,
  visible: v.boolean(),
})

/** The patches of a stored document, bottom first. Their ids differ, as edits name a patch by its id. */
export const storedPatchesSchema: v.GenericSchema<unknown, readonly StoredPatch[]> = v.pipe(
  v.array(patchSchema),
  v.maxLength(MAX_PATCHES),
  v.check((patches) => new Set(patches.map(({ id }) => id)).size === patches.length),
)

export function encodePatches(patches: readonly Patch[]): readonly StoredPatch[] {
  return patches.map((patch) => ({ ...patch, coverage: encodeCommands(patch.coverage) }))
}

/** The inverse of `encodePatches`. @throws AppError `share/unreadable` where the bytes of a coverage are damaged */
export function decodePatches(stored: readonly StoredPatch[], limits?: CommandLimits): readonly Patch[] {
  return stored.map((patch) => ({ ...patch, coverage: decodeCommands(patch.coverage, limits) }))
}
