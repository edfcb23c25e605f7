import type { MaskRegion } from '../../core/document/regions'
import { type Rect, rectOf } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, pasteInto } from '../../core/image/raster'
import { rotatedSize } from '../../core/image/rotate'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { turnGuides } from '../../core/mask/command/turnMask'
import { isMaskEmpty, readMask } from '../../core/mask/mask'
import { encodeRuns } from '../../core/mask/raster/maskRuns'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Ports } from '../ports'
import type { TurnChange } from './pictureSteps'
import { readPicture } from './patches'
import { editedName } from './pictureName'
import { baseOf, type SourceImage } from './source'

/** What of an open picture is turned. */
interface TurnedParts {
  readonly source: SourceImage
  readonly frame: Rect
  readonly editor: MaskEditor
  readonly regions: readonly MaskRegion[]
}

/**
 * What is shown of a picture, turned, with what was kept over it in its pixels, and all that is painted and set aside turned
 * along. Corners that the turn bares are masked.
 * @param degrees clockwise
 */
export async function turnPicture(
  { codec, masks, page }: Pick<Ports, 'codec' | 'masks' | 'page'>,
  { source, frame, editor, regions }: TurnedParts,
  degrees: number,
): Promise<TurnChange> {
  const { mask } = editor
  const turn = async (over: Rect, commands: readonly MaskCommand[]) => {
    const turned = commands.length > 0 ? await masks.turn(over, commands, frame, degrees) : null
    return turned ? [turned] : []
  }
  const sampling = await turn(frame, editor.commandsOf('sampling'))
  const guides = turnGuides(editor.commandsOf('guides'), frame, degrees)
  const maskFrame = rectOf(rotatedSize(frame, degrees))
  const aside: MaskRegion[] = []
  for (const region of regions)
    aside.push({ ...region, mask: await turn(region.maskFrame, region.mask), maskFrame })
  const pixels = createRgba(frame.width, frame.height, baseOf(source).pixels.profile)
  for (const band of bandsOf(frame)) {
    await page.nextTask()
    pasteInto(pixels, readPicture(source, band), 0, band.y - frame.y)
  }
  const turned = await codec.rotate(pixels, readMask(mask, frame), degrees)
  const { image, levels, opaque } = turned
  const file = await codec.encodePng(image)
  const name = editedName(baseOf(source).name)
  const link = { kind: 'file' as const, name, sha256: null }
  const key = (await codec.sha256(file)) ?? crypto.randomUUID()
  const command: MaskCommand = {
    kind: 'raster',
    mode: 'replace',
    rect: rectOf(image),
    runs: encodeRuns(turned.mask),
  }
  const isBare = isMaskEmpty(mask) && degrees % 90 === 0
  const { width, height } = image
  return {
    edit: {
      kind: 'turn',
      base: { key, name, link, width, height },
      mask: isBare ? [] : [command],
      sampling,
      guides,
      regions: aside,
    },
    result: { key, name, pixels: image, levels, opaque, file, link },
  }
}
