import type { Rect } from '../../core/geometry'
import { rectOf } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, pasteInto } from '../../core/image/raster'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { isMaskEmpty, type Mask, readMask } from '../../core/mask/mask'
import { encodeRuns } from '../../core/mask/raster/maskRuns'
import type { Ports } from '../ports'
import type { OpenedPicture } from './openPicture'
import { readPicture } from './patches'
import { editedName } from './pictureName'
import { baseOf, type SourceImage } from './source'

/**
 * What is shown of a picture, turned: a picture of its own with what was kept over it, and the mask turned along. Corners
 * that the turn bares are masked.
 * @param degrees clockwise
 */
export async function turnPicture(
  { codec, page }: Pick<Ports, 'codec' | 'page'>,
  source: SourceImage,
  frame: Rect,
  mask: Mask,
  degrees: number,
): Promise<OpenedPicture> {
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
  return {
    source: { key, name, pixels: image, levels, opaque, file, link },
    commands: isBare ? [] : [command],
    settled: true,
  }
}
