import { describe, expect, it } from 'vitest'
import { MODELS } from '../../core/models/modelRegistry'
import { fieldByRole } from '../../core/prediction/inputSchema'
import type { SweepAxis } from '../../core/run/sweep'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, type OpenTab, paint, pass, readyTab } from '../tab.testkit'

inFakeTime()

const [{ fields }] = MODELS
const AXES: readonly SweepAxis[] = [
  { field: fieldByRole(fields, 'steps')!, word: null, values: [10, 20] },
  { field: fieldByRole(fields, 'prompt')!, word: 'test', values: ['cat', 'dog'] },
]

const sweepOf = ({ app }: OpenTab) => app.state.read().sweep
const said = ({ backend }: OpenTab) =>
  backend.inputs.map(({ params }) => [params['num_inference_steps'], params['prompt']])
const statuses = (tab: OpenTab) =>
  sweepOf(tab).cells.map(({ runId }) => tab.app.runs.byId(runId)?.record.status ?? null)

describe('a sweep', () => {
  it('sends each pair once, one after the other, and leaves the form as it is', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.sweep.start(AXES)
    // A second click is none.
    void tab.app.sweep.start(AXES)
    await pass(1)
    expect(tab.backend.calls.create).toBeLessThanOrEqual(1)
    await pass(60_000)
    expect(said(tab)).toEqual([
      [10, 'a cat'],
      [20, 'a cat'],
      [10, 'a dog'],
      [20, 'a dog'],
    ])
    expect(statuses(tab)).toEqual(Array.from({ length: 4 }, () => 'succeeded'))
    expect(sweepOf(tab).isOn).toBe(false)
    const { params } = tab.app.runs.store.getState().runs[0].record.document.setup
    expect(params).toMatchObject({ num_inference_steps: 20, prompt: 'a dog' })
  })

  it('goes on with the mask of its start, whatever is painted meanwhile', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.sweep.start(AXES)
    await pass(2000)
    paint(tab, 40, 30, 10, 10)
    await pass(60_000)
    const masks = tab.backend.inputs.map(({ mask }) => mask.data.reduce((sum, value) => sum + value, 0))
    expect(new Set(masks).size).toBe(1)
  })

  it('goes on after a cell that failed, which is repeated alone', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fakePrediction('p0', 'failed'))
    void tab.app.sweep.start(AXES)
    await pass(60_000)
    expect(statuses(tab)).toEqual(['failed', 'succeeded', 'succeeded', 'succeeded'])
    expect(tab.backend.calls.create).toBe(4)
    void tab.app.sweep.repeat(0)
    await pass(20_000)
    expect(statuses(tab)[0]).toBe('succeeded')
    expect(tab.backend.calls.create).toBe(5)
    expect(said(tab).at(-1)).toEqual([10, 'a cat'])
  })

  it('is stopped as a whole: what is on is cancelled, what waits never begins', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(50))
    void tab.app.sweep.start(AXES)
    await pass(3000)
    expect(tab.backend.calls.create).toBe(1)
    void tab.app.sweep.stop()
    await pass(120_000)
    expect(tab.backend.calls.create).toBe(1)
    expect(sweepOf(tab).isOn).toBe(false)
  })

  it('that is stopped while a run is prepared sends none, and lists none', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { create } = tab.ports.backends
    const slow: typeof create = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 2000))
      return create(...args)
    }
    Object.assign(tab.ports.backends, { create: slow })
    void tab.app.sweep.start(AXES)
    await pass(500)
    expect(sweepOf(tab).isOn).toBe(true)
    void tab.app.sweep.stop()
    await pass(120_000)
    expect(tab.backend.calls.create).toBe(0)
    expect(tab.app.runs.store.getState().runs).toEqual([])
    expect(sweepOf(tab).isOn).toBe(false)
  })

  it('ends where no run can begin', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.backends, { create: fails('backend/unreachable') })
    void tab.app.sweep.start(AXES)
    await pass(60_000)
    expect(tab.backend.calls.create).toBe(0)
    expect(sweepOf(tab).isOn).toBe(false)
  })
})
