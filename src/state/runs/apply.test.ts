import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rectOf } from '../../core/geometry'
import { type RgbaImage, overlayRgba } from '../../core/image/raster'
import { FakeBrowser, fakeImage } from '../fakePorts.testkit'
import { readPicture } from '../session/patches'
import {
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'
import type { ReadyOutput } from './runs'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A run of the open picture, whose output is over. */
async function ran(tab: OpenTab): Promise<{ run: ReturnType<typeof newestRun>; output: ReadyOutput }> {
  await pass(1000)
  void tab.app.runner.start()
  await pass(5000)
  const run = newestRun(tab)
  const [output] = run.outputs
  if (output?.kind !== 'ready') throw new Error('no output')
  return { run, output }
}

const shown = ({ app }: OpenTab): Buffer => Buffer.from(app.session.store.getState().source!.pixels.data)
const nameOf = ({ app }: OpenTab) => app.session.store.getState().source?.name
const over = (picture: RgbaImage, { crop, rect }: ReadyOutput) =>
  Buffer.from(overlayRgba(picture, crop, rect.x, rect.y).data)

async function apply(tab: OpenTab, keepMask: boolean, { run, output }: Awaited<ReturnType<typeof ran>>) {
  void tab.app.applyOutput(run, output, keepMask)
  await pass(100)
}

describe('Apply', () => {
  it('puts the output into the picture and leaves the mask behind: one undo brings both back', async () => {
    const tab = await readyTab(new FakeBrowser())
    const result = await ran(tab)
    const original = shown(tab)
    await apply(tab, false, result)
    expect(shown(tab)).toEqual(over(fakeImage(64, 48), result.output))
    expect([masked(tab), nameOf(tab), messageCodes(tab).at(-1)]).toEqual([0, 'photo-edited.png', 'applied'])
    expect(tab.app.view.store.getState().view).toBe('edit')
    tab.app.session.undo()
    expect([shown(tab).equals(original), masked(tab)]).toEqual([true, 20 * 16])
    expect(messageCodes(tab)).not.toContain('applied')
    tab.app.session.redo()
    expect([masked(tab), nameOf(tab)]).toEqual([0, 'photo-edited.png'])
  })

  it('keeps the mask where that was asked for', async () => {
    const tab = await readyTab(new FakeBrowser())
    await apply(tab, true, await ran(tab))
    expect([masked(tab), nameOf(tab)]).toEqual([20 * 16, 'photo-edited.png'])
  })

  it('of an earlier run changes what that run changed, and nothing that was applied beside it', async () => {
    const tab = await readyTab(new FakeBrowser())
    const first = await ran(tab)
    await apply(tab, false, first)
    // Within what the first run was shown, but not in its mask.
    paint(tab, 34, 30, 6, 6)
    const second = await ran(tab)
    await apply(tab, false, second)
    const both = shown(tab)
    await apply(tab, false, first)
    expect(shown(tab).equals(both)).toBe(true)
    tab.app.session.undo()
    tab.app.session.undo()
    expect(shown(tab)).toEqual(over(fakeImage(64, 48), first.output))
  })

  it('over another picture brings the run’s picture back, also after a reload; undo leads to the other', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const result = await ran(tab)
    await openPhoto(tab, 'other.png', 30, 30)
    await apply(tab, false, result)
    expect(nameOf(tab)).toBe('photo-edited.png')
    tab.app.session.undo()
    expect(nameOf(tab)).toBe('other.png')
    tab.app.session.redo()
    await pass(500)
    const before = shown(tab)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    expect(shown(again).equals(before)).toBe(true)
    expect(nameOf(again)).toBe('photo-edited.png')
  })

  it('a run of an edited picture is stored with that picture', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    await apply(tab, true, await ran(tab))
    const edited = readPicture(tab.app.session.store.getState().source!, rectOf({ width: 64, height: 48 }))
    const { run } = await ran(tab)
    const { key, name } = run.record.document.base
    expect(name).toBe('photo-edited.png')
    const { pixels } = await decoded(tab, browser.sources.get(key)!)
    expect(Buffer.from(pixels.data).equals(Buffer.from(edited.data))).toBe(true)
  })
})

async function decoded(tab: OpenTab, blob: Blob) {
  const decoding = tab.ports.codec.decode(blob, 'x')
  await pass(10)
  return decoding
}
