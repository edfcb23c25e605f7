import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { SAMPLES } from '../session/samples'
import { inFakeTime, openPhoto, openTab, type OpenTab, paint, pass, promptOf, readyTab } from '../tab.testkit'
import { selectCanUndoReset, selectLacksPrompt, selectRunsPromptless, selectValues } from './formSelectors'

inFakeTime()

const is = (select: typeof selectLacksPrompt, { app }: OpenTab) => select(app.forms.context())

async function press(tab: OpenTab, wait = 5000) {
  void tab.app.runner.start()
  await pass(wait)
}

/** An own picture, masked, with a backend and nothing typed. */
async function promptlessTab() {
  const tab = await openTab(new FakeBrowser())
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  await openPhoto(tab)
  paint(tab)
  return tab
}

async function openSample(tab: OpenTab) {
  const [sample] = SAMPLES
  tab.web.set(`http://page.example/samples/${sample.file}`, fakeImage(640, 427))
  void tab.app.opener.openSample(sample)
  await pass(100)
  return sample
}

describe('an empty prompt', () => {
  it('is what an own picture starts with; it is asked about once, and the model’s own is never sent', async () => {
    const tab = await promptlessTab()
    expect(promptOf(tab)).toBe('')
    await press(tab)
    expect(tab.backend.inputs).toEqual([])
    expect(is(selectRunsPromptless, tab)).toBe(true)
    await press(tab)
    await press(tab)
    expect(tab.backend.inputs.map(({ params }) => params['prompt'])).toEqual(['', ''])
  })

  it('is asked about for each model, also for one that requires a prompt', async () => {
    const tab = await promptlessTab()
    await press(tab)
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    await press(tab)
    expect(tab.backend.inputs).toEqual([])
    await press(tab)
    expect(tab.backend.inputs.map(({ params }) => params['prompt'])).toEqual([''])
  })

  it('is not run by a double click', async () => {
    const tab = await promptlessTab()
    await press(tab, 300)
    await press(tab)
    expect(tab.backend.inputs).toEqual([])
    await press(tab)
    expect(tab.backend.inputs).toHaveLength(1)
  })

  it('does not hold what is typed then', async () => {
    const tab = await promptlessTab()
    await press(tab, 100)
    tab.app.forms.setFields({ prompt: 'a door' })
    expect(is(selectRunsPromptless, tab)).toBe(false)
    await press(tab)
    expect(tab.backend.inputs.map(({ params }) => params['prompt'])).toEqual(['a door'])
  })

  it('is no matter to the fill on this device', async () => {
    const tab = await promptlessTab()
    tab.app.settings.set({ backendId: 'embedded' })
    expect(is(selectLacksPrompt, tab)).toBe(false)
  })
})

describe('the prompt of a sample', () => {
  it('goes with its picture, and comes back with it', async () => {
    const tab = await openTab(new FakeBrowser())
    const sample = await openSample(tab)
    expect(promptOf(tab)).toBe(sample.prompt.en)
    await openPhoto(tab)
    expect(promptOf(tab)).toBe('')
    tab.app.session.undo()
    expect(promptOf(tab)).toBe(sample.prompt.en)
  })

  it('leaves what the user has typed to the next picture', async () => {
    const tab = await openTab(new FakeBrowser())
    await openSample(tab)
    tab.app.forms.setFields({ prompt: 'my own words' })
    await openPhoto(tab)
    expect(promptOf(tab)).toBe('my own words')
  })

  it('takes the place of typed words until Undo', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'my own words' })
    await openSample(tab)
    while (tab.app.session.store.getState().editor?.canUndo) tab.app.session.undo()
    tab.app.session.undo()
    expect(promptOf(tab)).toBe('my own words')
  })
})

describe('a reset of the form', () => {
  it('is taken back whole, until a field is changed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'a door', num_inference_steps: 12 })
    const before = selectValues(tab.app.forms.context())
    tab.app.forms.reset()
    expect(promptOf(tab)).toBe('')
    expect(is(selectCanUndoReset, tab)).toBe(true)
    tab.app.forms.undoReset()
    expect(selectValues(tab.app.forms.context())).toEqual(before)
    expect(is(selectCanUndoReset, tab)).toBe(false)
    tab.app.forms.reset()
    tab.app.forms.setFields({ seed: 3 })
    expect(is(selectCanUndoReset, tab)).toBe(false)
  })

  it('of one model is not taken back in another', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.reset()
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    expect(is(selectCanUndoReset, tab)).toBe(false)
  })
})
