import { clamp, EMPTY_RECT, intersectRect, isEmptyRect, type Rect, unionRect } from '../../core/geometry'
import type { Run, RunOutput } from './runs'

/** The area that the panes of Compare show, px of the source: the run's frame and what outputs added around it. */
export function compareFrame({ record }: Run, outputs: readonly RunOutput[]): Rect {
  return outputs.reduce<Rect>(
    (frame, output) => (output.kind === 'ready' ? unionRect(frame, output.rect) : frame),
    record.document.frame,
  )
}

/** Space on each side of what changed, in parts of its longer side. */
const MARGIN = 0.5
const MIN_MARGIN_PX = 64
const MAX_MARGIN_PX = 512
/** A part that takes more of the frame's width and height than this gains nothing over all of it. */
const MAX_SHARE = 0.75

/**
 * What a run changed, with a margin.
 * @returns px of the source; null where that is most of the picture, or nothing
 */
export function changedPart(run: Run): Rect | null {
  const { outputs } = run
  const frame = compareFrame(run, outputs)
  const ready = outputs.filter((output) => output.kind === 'ready')
  if (ready.some(({ whole }) => whole)) return null
  const changed = ready.reduce<Rect>((all, { rect }) => unionRect(all, rect), EMPTY_RECT)
  if (isEmptyRect(changed)) return null
  const by = clamp(Math.round(Math.max(changed.width, changed.height) * MARGIN), MIN_MARGIN_PX, MAX_MARGIN_PX)
  const grown = {
    x: changed.x - by,
    y: changed.y - by,
    width: changed.width + 2 * by,
    height: changed.height + 2 * by,
  }
  const part = intersectRect(grown, frame)
  const isMost = part.width > frame.width * MAX_SHARE && part.height > frame.height * MAX_SHARE
  return isMost ? null : part
}
