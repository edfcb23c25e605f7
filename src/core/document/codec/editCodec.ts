import * as v from 'valibot'
import { AppError } from '../../errors'
import { type CommandLimits, decodeCommands, encodeCommands } from '../../mask/command/maskCodec'
import type { MaskCommand } from '../../mask/command/maskCommand'
import { MAX_PIXELS } from '../../image/limits'
import { frameOf, type PictureRef } from '../document'
import type { StepEdit } from '../edits'
import { boundedSide, chosenSchema, sentSchema } from './documentSchema'
import {
  areaSchema,
  blendSchema,
  decodePatches,
  encodePatches,
  keySchema,
  patchSchema,
  placeSchema,
  storedPatchesSchema,
} from './patchCodec'
import {
  decodeRegions,
  encodeRegions,
  regionMask,
  regionPlaceSchema,
  regionSchema,
  regionTexts,
  storedRegionsSchema,
} from './regionCodec'

const named = { id: keySchema }
const commands = v.instance(Uint8Array<ArrayBuffer>)
/** A stored picture that the document is turned to, or that its steps start from: named as a file. */
export const pictureSchema = v.pipe(
  v.object({ key: keySchema, name: v.string(), width: boundedSide, height: boundedSide }),
  v.check(({ width, height }) => width * height <= MAX_PIXELS),
)

/** Earlier turns had what was kept in their pixels, and showed all of them. */
const turnSchema = v.object({
  kind: v.literal('turn'),
  base: pictureSchema,
  frame: v.optional(areaSchema),
  mask: commands,
  sampling: commands,
  guides: commands,
  patches: v.optional(storedPatchesSchema, []),
  regions: storedRegionsSchema,
  sent: sentSchema,
  sentBefore: sentSchema,
})

/** An edit of a step as the journal keeps it: coverages and masks are bytes, as `encodeCommands` wrote them. */
export const storedEditSchema = v.variant('kind', [
  v.object({ kind: v.literal('patch.add'), patch: patchSchema, place: placeSchema }),
  v.object({ kind: v.literal('patch.remove'), ...named }),
  v.object({ kind: v.literal('patch.move'), ...named, place: placeSchema }),
  v.object({ kind: v.literal('patch.blend'), ...named, blend: blendSchema }),
  v.object({ kind: v.literal('patch.coverage'), ...named, coverage: commands }),
  v.object({ kind: v.literal('patch.paint'), ...named, command: commands }),
  v.object({ kind: v.literal('patch.drop'), ...named }),
  v.object({ kind: v.literal('patch.visible'), ...named, visible: v.boolean() }),
  v.object({ kind: v.literal('frame'), frame: areaSchema, mask: commands }),
  v.object({ kind: v.literal('sent'), sent: chosenSchema }),
  turnSchema,
  v.object({ kind: v.literal('region.add'), region: regionSchema, place: regionPlaceSchema }),
  v.object({ kind: v.literal('region.remove'), ...named }),
  v.object({ kind: v.literal('region.text'), ...named, ...regionTexts }),
  v.object({ kind: v.literal('region.mask'), ...named, ...regionMask }),
])

export type StoredEdit = v.InferOutput<typeof storedEditSchema>

export function encodeEdit(edit: StepEdit): StoredEdit {
  if (edit.kind === 'patch.add') return { ...edit, patch: encodePatches([edit.patch])[0] }
  if (edit.kind === 'patch.coverage') return { ...edit, coverage: encodeCommands(edit.coverage) }
  if (edit.kind === 'patch.paint') return { ...edit, command: encodeCommands([edit.command]) }
  if (edit.kind === 'region.add') return { ...edit, region: encodeRegions([edit.region])[0] }
  if (edit.kind === 'frame') return { ...edit, mask: encodeCommands(edit.mask) }
  if (edit.kind === 'region.mask') return { ...edit, mask: encodeCommands(edit.mask) }
  if (edit.kind === 'turn') {
    const { key, name, width, height } = edit.base
    return {
      ...edit,
      base: { key, name, width, height },
      mask: encodeCommands(edit.mask),
      sampling: encodeCommands(edit.sampling),
      guides: encodeCommands(edit.guides),
      patches: encodePatches(edit.patches),
      regions: encodeRegions(edit.regions),
    }
  }
  return edit
}

/** The inverse of `encodeEdit`. @throws AppError `share/unreadable` where the bytes of commands are damaged, or too many */
export function decodeEdit(stored: StoredEdit, limits?: CommandLimits): StepEdit {
  if (stored.kind === 'patch.add') return { ...stored, patch: decodePatches([stored.patch], limits)[0] }
  if (stored.kind === 'patch.coverage')
    return { ...stored, coverage: decodeCommands(stored.coverage, limits) }
  if (stored.kind === 'patch.paint') return { ...stored, command: onlyCommand(stored.command, limits) }
  if (stored.kind === 'region.add') return { ...stored, region: decodeRegions([stored.region], limits)[0] }
  if (stored.kind === 'frame') return { ...stored, mask: decodeCommands(stored.mask, limits) }
  if (stored.kind === 'region.mask') return { ...stored, mask: decodeCommands(stored.mask, limits) }
  if (stored.kind === 'turn') {
    const base = asPicture(stored.base)
    return {
      ...stored,
      base,
      frame: stored.frame ?? frameOf(base),
      mask: decodeCommands(stored.mask, limits),
      sampling: decodeCommands(stored.sampling, limits),
      guides: decodeCommands(stored.guides, limits),
      patches: decodePatches(stored.patches, limits),
      regions: decodeRegions(stored.regions, limits),
    }
  }
  return stored
}

/** A picture as it is stored, without its link. */
export type StoredPicture = v.InferOutput<typeof pictureSchema>

export function asPicture(stored: StoredPicture): PictureRef {
  return { ...stored, link: { kind: 'file', name: stored.name, sha256: null } }
}

function onlyCommand(bytes: Uint8Array<ArrayBuffer>, limits?: CommandLimits): MaskCommand {
  const [command, ...more] = decodeCommands(bytes, limits)
  if (!command || more.length > 0) throw new AppError('share/unreadable')
  return command
}
