import { describe, expect, it } from 'vitest'
import type { PictureDocument } from '../../core/document/document'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
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
} from '../tab.testkit'
import { captureDocument } from '../session/setup'
import { patchesOf } from '../session/source'
import {
  answerWithChecks,
  regionsFinished,
  regions,
  runRegions,
  session,
  tabWith,
} from './regionRuns.testkit'

inFakeTime()

const kept = (tab: OpenTab) => patchesOf(session(tab).source!)
const documentOf = (tab: OpenTab): PictureDocument => captureDocument(session(tab), tab.app.forms.context())!
const stages = ({ app }: OpenTab) => app.state.read().regionRuns.steps.map(({ stage }) => stage)
const prompts = ({ backend }: OpenTab) => backend.inputs.map(({ params }) => params['prompt'])

/** Whether what was sent holds an answer of the model. */
const answered = ({ backend }: OpenTab) =>
  backend.inputs.map(({ image: { data } }) => {
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === 200 && data[i + 1] === 200 && data[i + 2] === 200) return true
    }
    return false
  })

describe('regions', () => {
  it('run in their order, each with its prompt and on the result of the last', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door', 'lamp')
    void runRegions(tab, 'sky', 'door', 'lamp')
    // A second click is none.
    void runRegions(tab, 'sky')
    await regionsFinished(tab)
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
    void runRegions(tab, 'sky', 'door')
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
    void runRegions(tab, 'sky', 'door', 'lamp')
    await regionsFinished(tab)
    expect(stages(tab)).toEqual(['done', 'failed', 'left'])
    expect(tab.backend.calls.create).toBe(2)
    expect(kept(tab)).toHaveLength(1)
    const said = tab.app.messages.store
      .getState()
      .messages.find((message) => message.kind === 'notice' && message.code === 'regions-ended')
    expect(said).toMatchObject({ params: { failed: 'door', done: 'sky', left: 'lamp' } })
    // Each can be run alone.
    void runRegions(tab, 'door')
    await pass(20_000)
    expect(prompts(tab)).toEqual(['a sky', 'a door', 'a door'])
    expect(kept(tab)).toHaveLength(2)
  })

  it('are stopped as a whole: what is on is cancelled, and nothing of it is applied', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    tab.backend.gets.push(...processing(50))
    void runRegions(tab, 'sky', 'door')
    await pass(3000)
    void tab.app.regions.stop()
    await regionsFinished(tab)
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
    void runRegions(tab, 'sky', 'door')
    await regionsFinished(tab)
    expect(stages(tab)).toEqual(['failed', 'left'])
    expect(kept(tab)).toEqual([])
    expect(tab.app.state.read().view).toMatchObject({ view: 'compare', runId: newestRun(tab).record.id })
  })

  it('do not begin where the model takes no mask, or nothing can be sent', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    tab.app.settings.set({ backendUrl: '' })
    void runRegions(tab, 'sky')
    await pass(5000)
    expect(tab.backend.calls.create).toBe(0)
    expect(stages(tab)).toEqual([])
  })

  it('end where another picture is opened: its run stays in the list', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    void runRegions(tab, 'sky', 'door')
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
    void runRegions(tab, 'sky', 'door', 'lamp')
    // Until the second is on.
    for (let turn = 0; turn < 600 && tab.backend.calls.create < 2; turn++) await pass(100)
    await pass(400)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab, prepare: answerWithChecks })
    await pass(120_000)
    expect(tab.backend.calls.create + again.backend.calls.create).toBe(2)
    expect(kept(again)).toHaveLength(1)
    void runRegions(again, 'door', 'lamp')
    await pass(60_000)
    expect(again.backend.calls.create).toBe(1)
    expect(prompts(again)).toEqual(['a lamp'])
    expect(kept(again).map(({ from }) => from?.regionId)).toEqual(regions(again).map(({ id }) => id))
    // Once more is another run.
    void runRegions(again, 'door')
    await pass(60_000)
    expect(again.backend.calls.create).toBe(2)
  })

  it('whose answer to create is lost wait for the user, and send nothing by themselves', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    tab.backend.creates.push(fails('backend/unreachable', { unclear: 1 }))
    void runRegions(tab, 'sky', 'door')
    await pass(300_000)
    expect(tab.backend.calls.create).toBe(1)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(stages(tab)).toEqual(['runs', 'waits'])
    void tab.app.regions.stop()
    await pass(120_000)
    expect(tab.backend.calls.create).toBe(1)
  })
})
