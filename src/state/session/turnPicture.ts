import type { Patch } from '../../core/document/document'
import type { TurnEdit } from '../../core/document/edits'
import { regionDigest } from '../../core/document/regionDigest'
import type { MaskRegion } from '../../core/document/regions'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import { placed, turnPatch } from '../../core/document/turnPatch'
import { type Rect, rectOf } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, pasteInto } from '../../core/image/raster'
import { type Quarters, quartersOf, rotatedSize, turnedRect } from '../../core/image/rotate'
import type { MaskCommand, RasterCommand } from '../../core/mask/command/maskCommand'
import { turnGuides } from '../../core/mask/command/turnMask'
import { isMaskEmpty, readMask } from '../../core/mask/mask'
import { encodeRuns } from '../../core/mask/raster/maskRuns'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Ports } from '../ports'
import type { TurnChange } from './pictureSteps'
import type { PatchComposer } from './patchComposer'
import { readPicture } from './patches'
import { editedName } from './pictureName'
import { baseOf, fromTurned, patchesOf, pictureSize, type SourceImage } from './source'

/** What of an open picture is turned. */
interface TurnedParts {
  readonly source: SourceImage
  readonly frame: Rect
  readonly editor: MaskEditor
  readonly regions: readonly MaskRegion[]
  readonly sent: SentArea
}

interface TurnRooms {
  readonly ports: Pick<Ports, 'codec' | 'masks' | 'page'>
  readonly composer: PatchComposer
}

/**
 * A picture turned, with all that is painted and set aside. By quarters it is turned as a whole: what the frame cuts away is
 * kept, and so is each kept result. By an angle it is what is shown, with what was kept in its pixels, as these are computed
 * anew; corners that this bares are masked.
 * @param degrees clockwise
 */
export async function turnPicture(
  { ports, composer }: TurnRooms,
  parts: TurnedParts,
  degrees: number,
): Promise<TurnChange> {
  const { codec, masks } = ports
  const { source, frame, editor, regions, sent } = parts
  const quarters = quartersOf(degrees)
  const base = baseOf(source)
  const turn = async (over: Rect, commands: readonly MaskCommand[], shown: Rect) =>
    commands.length > 0 ? masks.turn(over, commands, shown, degrees) : null
  const whole = quarters === null ? frame : rectOf(pictureSize(source))
  const turnedFrame =
    quarters === null ? rectOf(rotatedSize(frame, degrees)) : turnedRect(frame, whole, quarters)
  const sampling = placed(await turn(frame, editor.commandsOf('sampling'), frame), turnedFrame)
  const guides = turnGuides(editor.commandsOf('guides'), whole, degrees)
  const aside: MaskRegion[] = []
  for (const region of regions) {
    const shown = quarters === null ? frame : region.maskFrame
    const maskFrame = quarters === null ? turnedFrame : turnedRect(shown, whole, quarters)
    aside.push({
      ...region,
      mask: placed(await turn(region.maskFrame, region.mask, shown), maskFrame),
      maskFrame,
    })
  }
  const pixels = await readWhole(ports, quarters === null ? source : base, whole)
  const turned = await codec.rotate(pixels, readMask(editor.mask, frame), degrees)
  const { image, levels, opaque } = turned
  const file = await codec.encodePng(image)
  const name = editedName(base.name)
  const link = { kind: 'file' as const, name, sha256: null }
  const key = (await codec.sha256(file)) ?? crypto.randomUUID()
  const mask: RasterCommand = {
    kind: 'raster',
    mode: 'replace',
    rect: rectOf(turned.mask),
    runs: encodeRuns(turned.mask),
  }
  const patches: Patch[] = []
  for (const patch of quarters === null ? [] : patchesOf(source)) {
    const { coverage, coverageFrame } = patch
    const size = { key: base.key, ...pictureSize(source) }
    const covered = await turn(coverageFrame, coverage, coverageFrame)
    const along = turnPatch(patch, covered, { base: size, key, quarters: quarters ?? 0 })
    patches.push(resultOf(along, regions, aside))
  }
  const { width, height } = image
  const edit: TurnEdit = {
    kind: 'turn',
    base: { key, name, link, width, height },
    frame: turnedFrame,
    mask: isMaskEmpty(editor.mask) && quarters !== null ? [] : placed(mask, turnedFrame),
    sampling,
    guides,
    patches,
    regions: aside,
    sent: turnedArea(sent, whole, quarters),
    sentBefore: sent,
  }
  const result: SourceImage = { key, name, pixels: image, levels, opaque, file, link, ...fromTurned(source) }
  return { edit, result: patches.length > 0 ? await composer.compose(result, patches) : result }
}

/** The result of what a region asks for stays that, as both are turned. */
function resultOf(patch: Patch, before: readonly MaskRegion[], after: readonly MaskRegion[]): Patch {
  const { from } = patch
  const place = before.findIndex(({ id }) => id === from?.regionId)
  if (!from || place < 0 || from.regionDigest !== regionDigest(before[place])) return patch
  return { ...patch, from: { ...from, regionDigest: regionDigest(after[place]) } }
}

/** A copy, made in bands. */
async function readWhole({ page }: Pick<Ports, 'page'>, source: SourceImage, whole: Rect) {
  const pixels = createRgba(whole.width, whole.height, baseOf(source).pixels.profile)
  for (const band of bandsOf(whole)) {
    await page.nextTask()
    pasteInto(pixels, readPicture(source, band), 0, band.y - whole.y)
  }
  return pixels
}

/** An area that was drawn stays where it is by quarters; by an angle it is none any more. */
function turnedArea(sent: SentArea, whole: Rect, quarters: Quarters | null): SentArea {
  if (sent.kind === 'around') return sent
  return quarters === null ? DEFAULT_SENT : { kind: 'rect', rect: turnedRect(sent.rect, whole, quarters) }
}
