import fc from 'fast-check'
import { type Rect, rectOf } from '../../core/geometry'
import { pixelsOf } from '../fakePictures.testkit'
import { type OpenTab, pass } from '../tab.testkit'

/** The picture that `openPhoto` opens, px. */
export const BASE = rectOf({ width: 64, height: 48 })
export const CROPPED = { x: 10, y: 12, width: 30, height: 20 }

export const frameOf = ({ app }: OpenTab) => app.session.store.getState().frame

/** Sets a frame up on the canvas, without applying it. */
export async function draftFrame(
  { app }: OpenTab,
  frame: Rect,
  overlapPx = 0,
  byModel = false,
): Promise<void> {
  void app.framing.begin()
  void app.framing.edit({ kind: 'frame', frame })
  void app.framing.edit({ kind: 'options', overlapPx, byModel })
  await pass(10)
}

/** Sets a frame up and applies it. */
export async function applyFrame(tab: OpenTab, frame: Rect, overlapPx = 0, byModel = false): Promise<void> {
  await draftFrame(tab, frame, overlapPx, byModel)
  void tab.app.framing.apply()
  await pass(50)
  tab.app.view.setFraming(null)
}

/** The picture as a file would hold it. */
export async function exportedPixels(tab: OpenTab) {
  void tab.app.exports.saveAs('png')
  await pass(50)
  return pixelsOf(tab.saved.at(-1)!.blob)!
}

/** A frame that shows something of BASE. */
export const anyFrame = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -30, max: 30 }), fc.nat(80), fc.nat(70))
  .map(([x, y, width, height]) => ({ x, y, width: width + 45, height: height + 35 }))
  .filter(({ x, y }) => x < 64 && y < 48)
