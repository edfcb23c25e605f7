import type { Patch } from '../../core/document/document'
import type { BrushSettings } from '../../editor/tool'
import { toolById } from '../../editor/toolRegistry'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { openPhoto, type OpenTab, openTab, pass, storePixels } from '../tab.testkit'
import { readPicture } from './patches'
import type { RevealSource } from './patchStore'
import { patchesOf } from './source'

export const FRAME = { x: 0, y: 0, width: 64, height: 48 }
export const HARD: BrushSettings = { size: 12, hardness: 100, opacity: 100, smoothEdge: true }
export const OUTPUTS: readonly RevealSource[] = [
  { from: { runId: 'r', place: 0 }, pixels: 'a', rect: { x: 4, y: 2, width: 50, height: 40 } },
  { from: { runId: 'r', place: 1 }, pixels: 'b', rect: { x: 10, y: 0, width: 60, height: 44 } },
]

/** What a pointer draws; points in px of the picture. */
export interface Stroke {
  readonly tool: 'brush' | 'eraser'
  readonly brush: BrushSettings
  readonly points: readonly (readonly [number, number])[]
}

export const sourceOf = ({ app }: OpenTab) => app.session.store.getState().source!
export const kept = (tab: OpenTab) => patchesOf(sourceOf(tab))
export const revealOf = ({ app }: OpenTab) => app.state.read().patches.reveal
export const shownBytes = (tab: OpenTab) => Buffer.from(readPicture(sourceOf(tab), FRAME).data)
export const stepCount = ({ app }: OpenTab) => app.session.editor()!.steps.length

/** As runs keep them: a sweep at the start would take them for left over. */
export function storeOutputs(browser: FakeBrowser): void {
  storePixels(
    browser,
    OUTPUTS.map(({ pixels, rect }) => ({ pixels, rect }) as Patch),
  )
}

/** A tab with a picture and two outputs to paint from. */
export async function photoTab(browser = new FakeBrowser()): Promise<OpenTab> {
  const tab = await openTab(browser)
  await openPhoto(tab)
  storeOutputs(browser)
  return tab
}

/** Takes up the reveal brush. @param source null leaves it */
export async function startReveal(tab: OpenTab, source: RevealSource | null): Promise<void> {
  void tab.app.patches.paintFrom(source)
  await pass(50)
}

/** Draws without lifting the pointer. */
export function draw(tab: OpenTab, { tool, brush, points }: Stroke): void {
  const { editor } = revealOf(tab)!
  const services = {
    area: 'mask',
    usePressure: true,
    pan() {},
    select: () => Promise.resolve(null),
    fill() {},
  } as const
  points.forEach(([x, y], i) => {
    const input = {
      point: { x, y },
      screen: { x, y },
      scale: 1,
      pressure: null,
      shift: false,
      erase: false,
      intersect: false,
    }
    if (i === 0) editor.begin(toolById(tool), input, { ...services, brush })
    else editor.move(input)
  })
}

/** Draws a whole stroke; the hard brush unless `more` says otherwise. */
export async function stroke(
  tab: OpenTab,
  points: Stroke['points'],
  more: Partial<Stroke> = {},
): Promise<void> {
  draw(tab, { tool: 'brush', brush: HARD, points, ...more })
  revealOf(tab)!.editor.release()
  await pass(50)
}
