import { expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import {
  apply,
  inFakeTime,
  masked,
  newestRun,
  type OpenTab,
  openTab,
  paint,
  pass,
  ran,
  readyTab,
} from '../tab.testkit'

inFakeTime()

const shown = ({ app }: OpenTab): Buffer => Buffer.from(app.session.store.getState().source!.pixels.data)
const prompt = ({ app }: OpenTab) => app.state.read().forms.values['prompt']

/** Paints, runs, applies, and paints and writes once more. */
async function work(tab: OpenTab): Promise<void> {
  await pass(1000)
  await apply(tab, await ran(tab))
  paint(tab, 40, 30, 5, 5)
  await pass(300)
  tab.app.forms.setFields({ prompt: 'a red door' })
  await pass(300)
  paint(tab, 2, 2, 3, 3)
  await pass(300)
}

it.each(Array.from({ length: 24 }, (_, room) => room))(
  'a disk with room for %i more writes costs nothing: all is there once it has room again',
  async (room) => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.writesLeft = room
    await work(tab)
    const was = [masked(tab), prompt(tab), tab.backend.inputs.length, newestRun(tab).record.id]
    const picture = shown(tab)
    browser.writesLeft = Infinity
    await pass(11_000)
    expect(tab.app.state.read().documents.failure).toBeNull()
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(1000)
    const { record } = newestRun(again)
    expect([masked(again), prompt(again), tab.backend.inputs.length, record.id]).toEqual(was)
    expect(record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 1 })
    expect([...browser.outputs.keys(), ...browser.thumbnails.keys()]).toEqual([`${record.id} 0`, record.id])
    expect(Buffer.compare(shown(again), picture)).toBe(0)
    again.app.session.undo()
    again.app.session.undo()
    expect(masked(again)).toBe(0)
  },
)
