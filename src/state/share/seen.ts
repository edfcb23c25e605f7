import { intersectRect, isEmptyRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { createRgba, cropRgba, pasteInto, type RgbaImage } from '../../core/image/raster'
import type { Runs } from '../runs/runs'
import { type SelectedOutput, selectOutput } from '../runs/selection'
import { readPicture } from '../session/patches'
import { editedName } from '../session/pictureName'
import type { Session } from '../session/session'
import { baseOf, shownPatches, type SourceImage } from '../session/source'
import type { ViewRoom } from '../shell/view'

/** What an export is of: in Compare the selected output over its run's picture, in Edit the open picture. */
export interface SeenPicture {
  readonly name: string
  readonly source: SourceImage
  /** px of the source. */
  readonly frame: Rect
  /** null in Edit. */
  readonly chosen: SelectedOutput | null
}

export interface SeenRooms {
  readonly session: Session
  readonly runs: Runs
  readonly view: ViewRoom
}

/** @returns null where no picture is open */
export function seenPicture({ session, runs, view }: SeenRooms): SeenPicture | null {
  const shown = view.store.getState()
  const chosen = shown.view === 'compare' ? selectOutput({ runs: runs.store.getState(), view: shown }) : null
  if (chosen?.run.source) {
    const { source, record } = chosen.run
    return { name: editedName(source.name), source, frame: record.document.frame, chosen }
  }
  const { source, frame } = session.store.getState()
  return source && frame ? { name: source.name, source, frame, chosen: null } : null
}

/** Of what `readSeen` makes, px. */
export function seenSize({ frame, chosen }: SeenPicture): Size {
  return chosen?.output.whole ? chosen.output.crop : frame
}

/**
 * A copy of the pixels that are seen, made in bands.
 * @param nextTask awaited before each band
 */
export async function readSeen(seen: SeenPicture, nextTask: () => Promise<void>): Promise<RgbaImage> {
  const output = seen.chosen?.output
  const crop = output ? await output.crop.read() : null
  if (crop && output?.whole) return readBands(rectOf(crop), crop, nextTask, (band) => cropRgba(crop, band))
  return readBands(seen.frame, baseOf(seen.source).pixels, nextTask, (band) => {
    const out = readPicture(seen.source, band)
    const part = output ? intersectRect(output.rect, band) : null
    if (crop && output && part && !isEmptyRect(part)) {
      const from = { ...part, x: part.x - output.rect.x, y: part.y - output.rect.y }
      pasteInto(out, cropRgba(crop, from), part.x - band.x, part.y - band.y)
    }
    return out
  })
}

/** True where there is a picture before: in Compare what the run was of, in Edit the opened one, if it was changed. */
export function hasBefore({ chosen, source, frame }: SeenPicture): boolean {
  if (chosen) return true
  return shownPatches(source).some(({ layers }) =>
    layers.some(({ rect }) => !isEmptyRect(intersectRect(rect, frame))),
  )
}

/** A copy of the picture before, made in bands. @see hasBefore */
export function readBefore(seen: SeenPicture, nextTask: () => Promise<void>): Promise<RgbaImage> {
  const { chosen, source } = seen
  return readSeen({ ...seen, source: chosen ? source : baseOf(source), chosen: null }, nextTask)
}

async function readBands(
  rect: Rect,
  { profile }: RgbaImage,
  nextTask: () => Promise<void>,
  read: (band: Rect) => RgbaImage,
): Promise<RgbaImage> {
  const out = createRgba(rect.width, rect.height, profile)
  for (const band of bandsOf(rect)) {
    await nextTask()
    pasteInto(out, read(band), 0, band.y - rect.y)
  }
  return out
}
