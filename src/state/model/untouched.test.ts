import { describe, expect, it } from 'vitest'
import { defaultValues } from '../../core/prediction/inputSchema'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, newestRun, type OpenTab, openTab, pass, readyTab } from '../tab.testkit'
import { selectModel, selectUntouched, selectValues } from './formSelectors'

inFakeTime()

const SD = 'stability-ai/stable-diffusion-inpainting'
const FILL_PRO = 'black-forest-labs/flux-fill-pro'
const FILL_DEV = 'black-forest-labs/flux-fill-dev'
const OUTPAINTER = 'wolverinn/realisticoutpainter'

const values = ({ app }: OpenTab) => selectValues(app.forms.context())
const presets = ({ app }: OpenTab) => defaultValues(selectModel(app.forms.context()).fields)

describe('another model', () => {
  it('has its own defaults for all that nobody has set', async () => {
    const tab = await openTab(new FakeBrowser())
    const first = values(tab)
    for (const [id, own] of [
      [FILL_PRO, { guidance: 60, steps: 50 }],
      [FILL_DEV, { guidance: 30, num_inference_steps: 28 }],
      [OUTPAINTER, { steps: 20, cfg_scale: 7, seed: -1 }],
    ] as const) {
      tab.app.chooseModel(id)
      expect(values(tab)).toMatchObject(own)
      expect(values(tab)).toEqual(presets(tab))
      tab.app.chooseModel(SD)
      expect(values(tab)).toEqual(first)
    }
  })

  it('takes what was set over by role, there and back', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'a door', guidance_scale: 9, num_inference_steps: 400 })
    tab.app.chooseModel(FILL_DEV)
    // 400 steps are more than it allows.
    expect(values(tab)).toMatchObject({ prompt: 'a door', guidance: 9, num_inference_steps: 28 })
    tab.app.forms.setFields({ guidance: 4 })
    tab.app.chooseModel(SD)
    expect(values(tab)).toMatchObject({ prompt: 'a door', guidance_scale: 4, num_inference_steps: 400 })
  })

  it('from a pasted schema begins with the defaults of that schema', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'a door' })
    const field = (type: string, preset?: unknown) => ({
      type,
      ...(preset === undefined ? {} : { default: preset }),
    })
    const properties = {
      image: { type: 'string', format: 'uri' },
      prompt: field('string', 'a vision'),
      guidance: field('number', 3.5),
      steps: field('integer', 4),
    }
    tab.app.loader.paste(JSON.stringify({ components: { schemas: { Input: { properties } } } }), 'me/mine')
    expect(values(tab)).toEqual({ prompt: 'a door', guidance: 3.5, steps: 4 })
  })
})

/** What the newest run sends besides picture and mask. */
async function sentBy(tab: OpenTab) {
  const before = tab.backend.inputs.length
  tab.app.forms.allowPromptless()
  void tab.app.runner.start()
  await pass(5000)
  expect(tab.backend.inputs).toHaveLength(before + 1)
  return tab.backend.inputs[before].params
}

describe('a run', () => {
  it('sends what was set, empty where it was emptied, and no default that nobody has set', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: '', num_outputs: 1, guidance_scale: 7.5 })
    const sent = await sentBy(tab)
    // As large as the shape of the picture: that was set when it was opened.
    const { width, height, ...others } = sent
    expect(others).toEqual({ prompt: '', num_outputs: 1, guidance_scale: 7.5 })
    expect(Number(width) / Number(height)).toBeCloseTo(64 / 48, 1)
  })

  it('sends the same after a reload, from its record and from a link', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: '', num_inference_steps: undefined, scheduler: 'DDIM', seed: 7 })
    const sent = await sentBy(tab)
    expect(sent).toMatchObject({ prompt: '', scheduler: 'DDIM', seed: 7 })
    for (const name of ['num_inference_steps', 'num_outputs', 'disable_safety_checker'])
      expect(sent).not.toHaveProperty(name)
    const { url } = await tab.app.links.make()
    const before = { values: values(tab), untouched: selectUntouched(tab.app.forms.context()) }
    browser.close(tab.tab)

    const again = await openTab(browser, { name: tab.tab })
    expect({ values: values(again), untouched: selectUntouched(again.app.forms.context()) }).toEqual(before)
    expect(await sentBy(again)).toEqual(sent)

    again.app.forms.reset()
    void again.app.history.replay(newestRun(again).record.id)
    await pass(5000)
    expect(again.backend.inputs.at(-1)?.params).toEqual(sent)

    const other = await openTab(new FakeBrowser(), { address: url })
    // It suggests a backend, which is asked about first.
    await other.app.links.take(other.app.state.read().links.question!.link, false)
    expect({ values: values(other), untouched: selectUntouched(other.app.forms.context()) }).toEqual(before)
  })

  it('of a record from before sends all that it says, as it did then', async () => {
    const tab = await readyTab(new FakeBrowser())
    await sentBy(tab)
    const { record } = newestRun(tab)
    const { untouched: _untouched, ...setup } = record.document.setup
    tab.app.runs.update(record.id, { record: { ...record, document: { ...record.document, setup } } })
    void tab.app.history.replay(record.id)
    await pass(5000)
    expect(tab.backend.inputs.at(-1)?.params).toEqual(setup.params)
    expect(setup.params).toHaveProperty('disable_safety_checker')
  })

  it('holds a default of a link that is another one here', async () => {
    const tab = await openTab(new FakeBrowser())
    tab.app.forms.setValues({ num_inference_steps: 30, num_outputs: 1 }, [
      'num_inference_steps',
      'num_outputs',
    ])
    expect(values(tab)).toEqual({ num_inference_steps: 30, num_outputs: 1 })
    expect(selectUntouched(tab.app.forms.context())).toEqual(['num_outputs'])
  })
})
