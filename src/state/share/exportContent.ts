import { coverageMask } from '../../core/document/coverage'
import { changedPart, faded } from '../../core/document/composePatch'
import type { Patch } from '../../core/document/document'
import { applyTone } from '../../core/document/tone'
import { AppError } from '../../core/errors'
import { isEmptyRect, movedRect, rectOf, type Size } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import type { ExportContent } from '../../core/image/exportPixels'
import { createRgba, cropRgba, pasteInto } from '../../core/image/raster'
import { readMask } from '../../core/mask/mask'
import type { Ports } from '../ports'
import { maskOfRecord } from '../runs/liveRun'
import { shownPatches } from '../session/source'
import { ownPixels } from '../session/patches'
import type { PatchesRoom } from '../session/patchesRoom'
import type { LazyRoom } from '../shell/lazyRoom'
import { readBefore, readSeen, type SeenPicture } from './seen'

interface ContentRooms {
  readonly ports: Pick<Ports, 'page'>
  readonly patches: LazyRoom<PatchesRoom>
}

/** The result that can be exported alone: in Compare the selected output's, in Edit the chosen kept one's. */
export function aloneSize({ chosen }: SeenPicture, patch: Patch | null): Size | null {
  if (chosen) return chosen.output.whole ? null : chosen.output.crop
  const part = patch && changedPart(patch, patch.rect)
  return part && !isEmptyRect(part) ? part : null
}

/** Reads what an export shows, in bands. @throws AppError where the pixels of the result are gone */
export async function readContent(
  seen: SeenPicture,
  patch: Patch | null,
  area: ExportContent['kind'],
  { ports, patches }: ContentRooms,
): Promise<ExportContent> {
  const { nextTask } = ports.page
  if (area === 'beforeAfter') {
    return { kind: area, before: await readBefore(seen, nextTask), after: await readSeen(seen, nextTask) }
  }
  if (area === 'whole') return { kind: area, image: await readSeen(seen, nextTask) }
  if (seen.chosen) {
    const { run, output } = seen.chosen
    const mask = maskOfRecord(run.record)
    const image = cropRgba(await output.crop.read(), rectOf(output.crop))
    return { kind: area, image, coverage: mask && readMask(mask, output.rect) }
  }
  const pixels = patch && (await ownPixels((await patches.load()).pixels, seen.source, patch))
  if (!pixels) throw new AppError('run/output-missing')
  const part = changedPart(patch, patch.rect)
  const image = createRgba(part.width, part.height, pixels.profile)
  // Drawn over the picture below, it gives what is seen.
  const tone = shownPatches(seen.source).find((one) => one.patch === patch)?.layers[0]?.tone
  for (const band of bandsOf(part)) {
    await nextTask()
    const rows = cropRgba(pixels, movedRect(band, -patch.rect.x, -patch.rect.y))
    if (tone) applyTone(rows, band, tone)
    pasteInto(image, rows, 0, band.y - part.y)
  }
  return { kind: area, image, coverage: faded(coverageMask(patch, part), patch.blend.opacity) }
}
