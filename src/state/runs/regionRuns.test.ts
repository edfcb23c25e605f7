import { describe, expect, it } from 'vitest'
import type { PictureDocument } from '../../core/document/document'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser, type FakeTab } from '../fakePorts.testkit'
import {
  inFakeTime,
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
import { captureDocument } from '../session/setup'
import { patchesOf } from '../session/source'
import { isRegionDone } from './regionStages'

inFakeTime()

const AREAS = { sky: [2, 2, 20, 12], door: [30, 24, 12, 16], lamp: [48, 4, 8, 8] } as const
type Name = keyof typeof AREAS

const session = ({ app }: OpenTab) => app.session.store.getState()
const regions = (tab: OpenTab) => session(tab).regions
const kept = (tab: OpenTab) => patchesOf(session(tab).source!)
const documentOf = (tab: OpenTab): PictureDocument => captureDocument(session(tab), tab.app.forms.context())!
const stages = ({ app }: OpenTab) => app.state.read().regionRuns.steps.map(({ stage }) => stage)
const prompts = ({ backend }: OpenTab) => backend.inputs.map(({ params }) => params['prompt'])
const run = (tab: OpenTab, ...names: Name[]) =>
  tab.app.regions.run(
    regions(tab)
      .filter(({ name }) => names.includes(name as Name))
      .map(({ id }) => id),
  )

async function setAside(tab: OpenTab, ...names: Name[]): Promise<void> {
  for (const name of names) {
    tab.app.forms.setFields({ prompt: `a ${name}` })
    paint(tab, ...AREAS[name])
    void tab.app.regions.setAside(name)
    await pass(20)
  }
}

/** A tab with these regions and nothing else masked. */
async function tabWith(browser: FakeBrowser, ...names: Name[]): Promise<OpenTab> {
  const tab = await readyTab(browser)
  answerWithChecks(tab)
  tab.app.session.undo()
  await setAside(tab, ...names)
  return tab
}

async function finished({ app }: OpenTab): Promise<void> {
  await pass(10)
  for (let turn = 0; turn < 600 && app.state.read().regionRuns.isOn; turn++) await pass(100)
}

/** Answers that no safety check gives: black and grey. */
function answerWithChecks({ backend }: FakeTab): void {
  const data = Uint8ClampedArray.from({ length: 64 * 64 * 4 }, (_, i) => {
    const isGrey = ((i >> 4) + (i >> 10)) % 2 === 0
    return i % 4 === 3 ? 255 : isGrey ? 200 : 0
  })
  const outputs = [{ kind: 'pixels' as const, image: { width: 64, height: 64, data } }]
  backend.finished = (id) => fakePrediction(id, 'succeeded', { outputs })
}

/** Whether what was sent holds an answer of the model. */
const answered = ({ backend }: OpenTab) =>
  backend.inputs.map(({ image: { data } }) => {
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === 200 && data[i + 1] === 200 && data[i + 2] === 200) return true
    }
    return false
  })

describe('a region', () => {
  it('is set aside with the form\u2019s prompt in one step, which empties the mask', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    expect(regions(tab)).toMatchObject([{ name: 'sky', prompt: 'a sky' }])
    expect(masked(tab)).toBe(0)
    tab.app.session.undo()
    expect(regions(tab)).toEqual([])
    expect(masked(tab)).toBe(20 * 12)
    tab.app.session.redo()
    expect(regions(tab)).toHaveLength(1)
    expect(masked(tab)).toBe(0)
  })

  it('is not made of nothing', async () => {
    const tab = await tabWith(new FakeBrowser())
    void tab.app.regions.setAside('none')
    await pass(20)
    expect(regions(tab)).toEqual([])
  })

  it('gives its mask back to be edited, takes another, and is renamed and removed, a step each', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    const [{ id, mask, maskFrame }] = regions(tab)
    void tab.app.operations.replace(maskFrame, mask)
    await pass(100)
    expect(masked(tab)).toBe(20 * 12)
    paint(tab, 40, 2, 10, 10)
    void tab.app.regions.takeMask(id)
    await pass(20)
    expect(masked(tab)).toBe(0)
    void tab.app.regions.setText(id, 'air', 'clouds')
    await pass(20)
    const before = regions(tab)
    expect(before[0]).toMatchObject({ id, name: 'air', prompt: 'clouds' })
    void tab.app.operations.replace(before[0].maskFrame, before[0].mask)
    await pass(100)
    expect(masked(tab)).toBe(20 * 12 + 100)
    void tab.app.regions.remove(id)
    await pass(20)
    expect(regions(tab).map(({ name }) => name)).toEqual(['door'])
    tab.app.session.undo()
    expect(regions(tab)).toEqual(before)
  })

  it('stays with its document: after a reload all is there, and each step can be undone', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    void tab.app.regions.setText(regions(tab)[0].id, 'air', 'clouds')
    await pass(1000)
    const before = regions(tab)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(regions(again)).toEqual(before)
    again.app.session.undo()
    expect(regions(again).map(({ name }) => name)).toEqual(['sky', 'door'])
    again.app.session.undo()
    expect(regions(again).map(({ name }) => name)).toEqual(['sky'])
    expect(masked(again)).toBe(12 * 16)
    again.app.session.redo()
    again.app.session.redo()
    expect(regions(again)).toEqual(before)
  })

  it('goes with a link, and with the file that the link waits for', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    const { url } = await tab.app.links.make()
    const other = await openTab(new FakeBrowser(), { address: url })
    void other.app.links.take(other.app.state.read().links.question!.link, false)
    await pass(100)
    await openPhoto(other)
    await pass(500)
    expect(regions(other)).toEqual(regions(tab))
  })
})

/** Whether each region is done, in their order. */
const done = (tab: OpenTab) => regions(tab).map((region) => isRegionDone(session(tab).source, region))

describe('a region that is done', () => {
  it('is so until its mask or prompt changes, and again once that is taken back; its name has no part in it', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    expect(done(tab)).toEqual([false, false])
    void run(tab, 'sky', 'door')
    await finished(tab)
    expect(done(tab)).toEqual([true, true])
    const [{ id }] = regions(tab)
    void tab.app.regions.setText(id, 'air', 'a sky')
    await pass(20)
    expect(done(tab)).toEqual([true, true])
    void tab.app.regions.setText(id, 'air', 'clouds')
    await pass(20)
    expect(done(tab)).toEqual([false, true])
    tab.app.session.undo()
    expect(done(tab)).toEqual([true, true])
    paint(tab, 40, 2, 10, 10)
    void tab.app.regions.takeMask(id)
    await pass(1000)
    expect(done(tab)).toEqual([false, true])
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab, prepare: answerWithChecks })
    await pass(500)
    expect(done(again)).toEqual([false, true])
    void again.app.regions.run([id])
    await finished(again)
    expect(done(again)).toEqual([true, true])
  })

  it('counts as done where its result was kept before results said what was asked', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    void run(tab, 'sky')
    await finished(tab)
    const source = session(tab).source!
    const [shown] = source.applied!.patches
    const { regionDigest: _, ...from } = shown.patch.from!
    const earlier = [{ ...shown, patch: { ...shown.patch, from } }]
    const [region] = regions(tab)
    const changed = { ...region, prompt: 'clouds' }
    expect(isRegionDone(source, changed)).toBe(false)
    expect(isRegionDone({ ...source, applied: { ...source.applied!, patches: earlier } }, changed)).toBe(true)
  })
})

describe('regions', () => {
  it('run in their order, each with its prompt and on the result of the last', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door', 'lamp')
    void run(tab, 'sky', 'door', 'lamp')
    // A second click is none.
    void run(tab, 'sky')
    await finished(tab)
    expect(prompts(tab)).toEqual(['a sky', 'a door', 'a lamp'])
    expect(answered(tab)).toEqual([false, true, true])
    expect(stages(tab)).toEqual(['done', 'done', 'done'])
    expect(kept(tab).map(({ from }) => from?.regionId)).toEqual(regions(tab).map(({ id }) => id))
    expect(messageCodes(tab)).toContain('region-applied')
    // The picture stays in view, and what is applied can be taken back.
    expect(tab.app.state.read().view.view).toBe('edit')
    tab.app.session.undo()
    expect(kept(tab)).toHaveLength(2)
  })

  it('leave the open mask, and what is painted meanwhile, alone', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    paint(tab, 50, 40, 4, 4)
    void run(tab, 'sky', 'door')
    await pass(700)
    paint(tab, 56, 40, 4, 4)
    await pass(60_000)
    expect(masked(tab)).toBe(32)
    const masks = tab.backend.inputs.map(({ mask }) => mask.data.some((value) => value > 0))
    expect(masks).toEqual([true, true])
    expect(documentOf(tab).patches.map(({ coverage }) => coverage)).toEqual(
      regions(tab).map(({ mask }) => mask),
    )
  })

  it('end with the first that fails, and say which are done', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door', 'lamp')
    tab.backend.creates.push(fakePrediction('p0', 'starting'), fakePrediction('p1', 'failed'))
    void run(tab, 'sky', 'door', 'lamp')
    await finished(tab)
    expect(stages(tab)).toEqual(['done', 'failed', 'left'])
    expect(tab.backend.calls.create).toBe(2)
    expect(kept(tab)).toHaveLength(1)
    const said = tab.app.messages.store
      .getState()
      .messages.find((message) => message.kind === 'notice' && message.code === 'regions-ended')
    expect(said).toMatchObject({ params: { failed: 'door', done: 'sky', left: 'lamp' } })
    // Each can be run alone.
    void run(tab, 'door')
    await pass(20_000)
    expect(prompts(tab)).toEqual(['a sky', 'a door', 'a door'])
    expect(kept(tab)).toHaveLength(2)
  })

  it('are stopped as a whole: what is on is cancelled, and nothing of it is applied', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    tab.backend.gets.push(...processing(50))
    void run(tab, 'sky', 'door')
    await pass(3000)
    void tab.app.regions.stop()
    await finished(tab)
    expect(messageCodes(tab)).toContain('regions-stopped')
    await pass(120_000)
    expect(tab.backend.calls).toMatchObject({ create: 1, cancel: 1 })
    expect(stages(tab)).toEqual(['left', 'left'])
    expect(kept(tab)).toEqual([])
    expect(tab.app.state.read().regionRuns.isOn).toBe(false)
  })

  it('whose model answers with a blank picture apply nothing: the output is shown', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    const image = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) }
    tab.backend.finished = (id) => fakePrediction(id, 'succeeded', { outputs: [{ kind: 'pixels', image }] })
    void run(tab, 'sky', 'door')
    await finished(tab)
    expect(stages(tab)).toEqual(['failed', 'left'])
    expect(kept(tab)).toEqual([])
    expect(tab.app.state.read().view).toMatchObject({ view: 'compare', runId: newestRun(tab).record.id })
  })

  it('do not begin where the model takes no mask, or nothing can be sent', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    tab.app.settings.set({ backendUrl: '' })
    void run(tab, 'sky')
    await pass(5000)
    expect(tab.backend.calls.create).toBe(0)
    expect(stages(tab)).toEqual([])
  })

  it('end where another picture is opened: its run stays in the list', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    void run(tab, 'sky', 'door')
    await pass(300)
    await openPhoto(tab, 'other.png', 40, 40)
    await pass(60_000)
    expect(tab.backend.calls.create).toBe(1)
    expect(kept(tab)).toEqual([])
    expect(newestRun(tab).record).toMatchObject({ status: 'succeeded', outputCount: 1 })
  })

  it('a reload in the middle sends nothing again: the rest waits for a click, what was paid for is applied', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door', 'lamp')
    void run(tab, 'sky', 'door', 'lamp')
    // Until the second is on.
    for (let turn = 0; turn < 600 && tab.backend.calls.create < 2; turn++) await pass(100)
    await pass(400)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab, prepare: answerWithChecks })
    await pass(120_000)
    expect(tab.backend.calls.create + again.backend.calls.create).toBe(2)
    expect(kept(again)).toHaveLength(1)
    void run(again, 'door', 'lamp')
    await pass(60_000)
    expect(again.backend.calls.create).toBe(1)
    expect(prompts(again)).toEqual(['a lamp'])
    expect(kept(again).map(({ from }) => from?.regionId)).toEqual(regions(again).map(({ id }) => id))
    // Once more is another run.
    void run(again, 'door')
    await pass(60_000)
    expect(again.backend.calls.create).toBe(2)
  })

  it('whose answer to create is lost wait for the user, and send nothing by themselves', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    tab.backend.creates.push(fails('backend/unreachable', { unclear: 1 }))
    void run(tab, 'sky', 'door')
    await pass(300_000)
    expect(tab.backend.calls.create).toBe(1)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(stages(tab)).toEqual(['runs', 'waits'])
    void tab.app.regions.stop()
    await pass(120_000)
    expect(tab.backend.calls.create).toBe(1)
  })
})
