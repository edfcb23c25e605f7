import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, newestRun, type OpenTab, pass, readyTab } from '../tab.testkit'
import { expectedMs, expectedNow, runFacts } from './runFacts'

inFakeTime()

const ran = async (tab: OpenTab) => {
  void tab.app.runner.start()
  await pass(5000)
  return newestRun(tab).record
}

describe('the facts of a run', () => {
  it('are its prompt, its model and what was sent besides', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: ' a red door ', num_inference_steps: 12 })
    const facts = runFacts(await ran(tab), tab.app.models.store.getState())
    expect(facts).toMatchObject({ prompt: 'a red door', model: 'Stable Diffusion inpainting' })
    const said = facts.settings.map(({ name, field, value }) => [name, field?.role, value])
    expect(said).toContainEqual(['num_inference_steps', 'steps', 12])
    expect(said.map(([name]) => name)).not.toContain('prompt')
    // Nobody has set it: it was not sent.
    expect(said.map(([name]) => name)).not.toContain('guidance_scale')
  })

  it('of a model that is gone are told by the names of its fields', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'a red door', num_inference_steps: 12 })
    const record = await ran(tab)
    const setup = { ...record.document.setup, model: 'gone/model' }
    const gone = { ...record, document: { ...record.document, setup } }
    expect(runFacts(gone, tab.app.models.store.getState())).toMatchObject({
      prompt: 'a red door',
      model: 'gone/model',
    })
  })

  it('of a fill on this device are those of its engine: no prompt, no model', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'ignored' })
    const record = await ran(tab)
    const fill = { ...record, backend: { id: 'embedded', url: null, version: null } }
    const facts = runFacts(fill, tab.app.models.store.getState())
    expect(facts).toMatchObject({ prompt: null, model: null })
    expect(facts.settings.every(({ field }) => facts.backend.options.includes(field!))).toBe(true)
  })
})

describe('the expected time', () => {
  it('is the median of the last runs on the same backend and model', async () => {
    const tab = await readyTab(new FakeBrowser())
    const record = await ran(tab)
    const past = (durationMs: number | null, change = {}) => ({
      record: { ...record, durationMs, ...change },
    })
    expect(expectedMs([], record)).toBeNull()
    expect(expectedMs([past(null), past(900, { status: 'failed' })], record)).toBeNull()
    expect(expectedMs([past(900), past(100), past(300)], record)).toBe(300)
    const setup = { ...record.document.setup, model: 'other/model' }
    const other = past(1, { document: { ...record.document, setup } })
    const elsewhere = past(1, { backend: { ...record.backend, url: 'https://slow.example' } })
    expect(expectedMs([other, elsewhere, past(700)], record)).toBe(700)
    const long = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 9000, 9000, 9000, 9000].map((ms) => past(ms))
    expect(expectedMs(long, record)).toBe(6)
    expect(expectedMs([past(900), past(100)], record, 3)).toBeNull()
    expect(expectedMs([past(900), past(100), past(300)], record, 3)).toBe(300)
  })
})

it('nothing is expected while the backend has no address', async () => {
  const tab = await readyTab(new FakeBrowser())
  for (let i = 0; i < 3; i++) await ran(tab)
  expect(expectedNow(tab.app.state.read(), tab.app.pageUrl, 3)).toBeGreaterThan(0)
  tab.app.settings.set({ backendUrl: '' })
  expect(expectedNow(tab.app.state.read(), tab.app.pageUrl, 3)).toBeNull()
})
