import { describe, expect, it, vi } from 'vitest'
import { backendDescriptor, BACKENDS } from '../../backends/backendRegistry'
import { MODELS } from '../../core/models/modelRegistry'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { FakeBrowser } from '../fakePorts.testkit'
import { selectObstacles } from '../runs/obstacles'
import { inFakeTime, openPhoto, openTab, type OpenTab, paint, pass, readyTab } from '../tab.testkit'
import { selectModel, selectOptions, selectTakesMask, selectValues } from './formSelectors'
import { findModel, polarityOf, selectModels } from './models'

inFakeTime()

const SD = 'stability-ai/stable-diffusion-inpainting'
const OUTPAINTER = 'wolverinn/realisticoutpainter'

const obstacles = ({ app }: OpenTab) =>
  selectObstacles({ ...app.state.read(), pageUrl: app.pageUrl }).map(({ code }) => code)

const schema = (properties: Record<string, object>) => ({
  components: { schemas: { Input: { properties } } },
})

describe('the form', () => {
  it('has a model’s defaults until something is typed', async () => {
    const { app } = await openTab(new FakeBrowser())
    expect(selectValues(app.forms.context())).toMatchObject({ num_inference_steps: 50 })
    expect(selectValues(app.forms.context())).toBe(selectValues(app.forms.context()))
  })

  it('keeps each model’s values when models are switched', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.forms.setFields({ prompt: 'one', num_inference_steps: 20 })
    app.chooseModel('black-forest-labs/flux-fill-pro')
    expect(selectValues(app.forms.context())).toMatchObject({ prompt: 'one' })
    app.chooseModel(SD)
    expect(selectValues(app.forms.context())).toMatchObject({ num_inference_steps: 20 })
  })

  it('carries no value that the other model does not allow', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.forms.setFields({ num_inference_steps: 500 })
    app.chooseModel('black-forest-labs/flux-fill-dev')
    const { fields } = selectModel(app.forms.context())
    const steps = fieldByRole(fields, 'steps')!
    expect(Number(selectValues(app.forms.context())[steps.name])).toBeLessThanOrEqual(steps.maximum!)
  })

  it('blanks what is not among the values it is made to hold', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.forms.setFields({ prompt: 'x', seed: 4 })
    app.forms.setValues({ prompt: 'y' })
    expect(selectValues(app.forms.context())).toEqual({ prompt: 'y' })
  })

  it('resets to the defaults', async () => {
    const { app } = await openTab(new FakeBrowser())
    const defaults = selectValues(app.forms.context())
    app.forms.setFields({ num_inference_steps: 3, seed: 9 })
    app.forms.reset()
    expect(selectValues(app.forms.context())).toEqual(defaults)
  })

  it('with the shape locked, one side changes the other, and swapping turns the shape', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab, 'wide.png', 400, 200)
    const { forms } = tab.app
    const { fields } = selectModel(forms.context())
    const width = fieldByRole(fields, 'width')!
    forms.setFields({ width: 1024, height: 512 })
    forms.toggleShape()
    forms.changeField(width, 512)
    expect(selectValues(forms.context())).toMatchObject({ width: 512, height: 256 })
    forms.swapSides()
    forms.changeField(width, 512)
    expect(selectValues(forms.context())).toMatchObject({ width: 512, height: 1024 })
  })

  it('a changed field loses its complaint, the others keep theirs', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.forms.setComplaints({ prompt: 'too rude', seed: 'too large' })
    app.forms.setFields({ prompt: 'kind' })
    expect(app.forms.store.getState().complaints).toEqual({ seed: 'too large' })
  })

  it('a backend’s own inputs have their defaults, and are each backend’s', async () => {
    const { app } = await openTab(new FakeBrowser())
    const device = backendDescriptor('embedded')
    expect(selectOptions(app.forms.store.getState(), device)).toMatchObject({
      fill_quality: 'standard',
      num_outputs: 1,
    })
    app.forms.changeOption(device, 'fill_quality', 'best')
    app.forms.changeOption(device, 'num_outputs', 3)
    expect(selectOptions(app.forms.store.getState(), device)).toMatchObject({
      fill_quality: 'best',
      num_outputs: 3,
    })
    app.forms.fillOptions(device, { fill_quality: 'draft-no-such', num_outputs: 2 })
    expect(selectOptions(app.forms.store.getState(), device)).toMatchObject({ num_outputs: 2 })
  })
})

describe('what stands in the way of Run', () => {
  it('is said in order, and goes when it is fixed', async () => {
    const tab = await openTab(new FakeBrowser())
    expect(obstacles(tab)).toEqual(['no-image'])
    await openPhoto(tab)
    expect(obstacles(tab)).toEqual(['empty-mask'])
    paint(tab)
    expect(obstacles(tab)).toEqual([])
    tab.app.settings.set({ backendId: 'replicate' })
    expect(obstacles(tab)).toEqual(['no-backend-url'])
    tab.app.settings.set({ backendUrl: 'javascript:alert(1)' })
    expect(obstacles(tab)).toEqual(['bad-backend-url'])
    tab.app.settings.set({ backendUrl: '/replicate/v1' })
    expect(obstacles(tab)).toEqual([])
    tab.app.forms.setFields({ num_inference_steps: 1e6 })
    expect(obstacles(tab)).toEqual(['bad-field'])
  })

  it('is no field of a model that this device does not run', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    paint(tab)
    tab.app.forms.setFields({ num_inference_steps: 1e6 })
    expect(obstacles(tab)).toEqual([])
    tab.app.forms.changeOption(backendDescriptor('embedded'), 'num_outputs', 99)
    expect(obstacles(tab)).toEqual(['bad-field'])
  })

  it('goes as soon as a role is set that was missing', async () => {
    const tab = await readyTab(new FakeBrowser())
    const document = schema({ foo: { type: 'string' }, mask: { type: 'string', format: 'uri' } })
    tab.app.chooseModel(tab.app.models.add(document, { id: 'own/odd', name: 'odd', version: '' }))
    expect(obstacles(tab)).toContain('no-image-field')
    tab.app.models.setRole('own/odd', 'foo', 'image')
    expect(obstacles(tab)).not.toContain('no-image-field')
  })

  it('is no mask for a model that takes none', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: '/replicate/v1' })
    tab.app.chooseModel(OUTPAINTER)
    expect(selectTakesMask(tab.app.forms.context())).toBe(false)
    expect(obstacles(tab)).not.toContain('empty-mask')
  })
})

describe('models', () => {
  it('of the user stand behind the bundled ones, survive a reload, and can be removed', async () => {
    const browser = new FakeBrowser()
    const { app } = await openTab(browser)
    const id = app.models.add(schema({ image: { type: 'string', format: 'uri' } }), {
      id: 'own/m',
      name: 'M',
      version: 'v1',
    })
    expect(selectModels(app.models.store.getState()).map((model) => model.id)).toEqual([
      ...MODELS.map((model) => model.id),
      id,
    ])
    const again = await openTab(browser)
    expect(findModel(again.app.models.store.getState(), id).name).toBe('M')
    again.app.models.remove(id)
    expect(findModel(again.app.models.store.getState(), id).id).toBe(SD)
  })

  it('and saved backends of two tabs are all there, whoever wrote last', async () => {
    const browser = new FakeBrowser()
    const one = await openTab(browser)
    const two = await openTab(browser)
    const about = { id: 'own/model', name: 'own', version: '' }
    two.app.models.add(schema({ image: { type: 'string', format: 'uri' } }), about)
    one.app.models.setPolarity(SD, 'black')
    for (const { app } of [one, two]) {
      app.settings.set({
        backendId: 'replicate',
        backendUrl: `https://${app === one.app ? 'one' : 'two'}.example`,
      })
      app.backends.save('')
    }
    const third = await openTab(browser)
    expect(third.app.models.store.getState()).toMatchObject({
      own: [{ id: 'own/model' }],
      polarity: { [SD]: 'black' },
    })
    expect(third.app.backends.store.getState().saved.map(({ name }) => name)).toEqual([
      'one.example',
      'two.example',
    ])
    expect(one.app.settings.store.getState().backendUrl).toBe('https://one.example')
  })

  it('of a bundled name stand beside the bundled one', async () => {
    const { app } = await openTab(new FakeBrowser())
    const id = app.models.add(schema({ image: { type: 'string' } }), { id: SD, name: 'mine', version: '' })
    expect(id).toBe(`${SD} (mine)`)
  })

  it('without inputs are refused', async () => {
    const { app } = await openTab(new FakeBrowser())
    expect(() => app.models.add({}, { id: 'x', name: 'x', version: '' })).toThrow(/no-inputs/)
    expect(() => app.loader.paste('{', 'x')).toThrow(/no-inputs/)
  })

  it('a role belongs to one field', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.models.setRole(SD, 'prompt', 'seed')
    app.models.setRole(SD, 'negative_prompt', 'seed')
    const held = selectModel(app.forms.context()).fields.filter(({ role }) => role === 'seed')
    expect(held.map(({ name }) => name)).toEqual(['negative_prompt'])
    app.models.resetRoles(SD)
    expect(fieldByRole(selectModel(app.forms.context()).fields, 'prompt')?.name).toBe('prompt')
  })

  it('take the user’s word for the tone of the mask', async () => {
    const { app } = await openTab(new FakeBrowser())
    const model = selectModel(app.forms.context())
    expect(polarityOf(app.models.store.getState(), model)).toBe('white')
    app.models.setPolarity(model.id, 'black')
    expect(polarityOf(app.models.store.getState(), model)).toBe('black')
  })
})

describe('backends', () => {
  it('are saved by name and chosen again', async () => {
    const browser = new FakeBrowser()
    const { app } = await openTab(browser)
    app.settings.set({ backendId: 'replicate', backendUrl: 'https://one.example/v1' })
    app.backends.save('One')
    app.settings.set({ backendUrl: 'https://two.example/v1' })
    app.backends.save('')
    expect(app.backends.store.getState().saved.map(({ name }) => name)).toEqual(['One', 'two.example'])
    app.backends.choose(app.backends.store.getState().saved[0])
    expect(app.settings.store.getState().backendUrl).toBe('https://one.example/v1')
    const again = await openTab(browser)
    expect(again.app.backends.store.getState().saved).toHaveLength(2)
  })

  it('dropped, take their key with them unless the origin is in use', async () => {
    const { app, ports } = await openTab(new FakeBrowser())
    app.settings.set({ backendId: 'replicate', backendUrl: 'https://one.example/v1' })
    app.backends.save('One')
    app.backends.saveToken('https://one.example', 'key', false)
    app.backends.drop(app.backends.store.getState().saved[0])
    expect(ports.vault.tokenFor('https://one.example')).toBe('key')
    app.backends.save('One')
    app.settings.set({ backendUrl: 'https://two.example' })
    app.backends.drop(app.backends.store.getState().saved[0])
    expect(ports.vault.tokenFor('https://one.example')).toBeNull()
  })

  it('show a token’s end only', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.backends.saveToken('https://one.example', 'r8_abcdef', false)
    expect(app.backends.tokenHint('https://one.example')).toEqual({ end: 'cdef', kept: false })
    expect(app.backends.tokenHint('https://other.example')).toBeNull()
  })

  it('saved, remember where they take a create, also when that is learned later', async () => {
    const browser = new FakeBrowser()
    const { app, ports } = await openTab(browser)
    const { routes } = ports.backends
    const save = (url: string) => {
      app.settings.set({ backendId: 'replicate', backendUrl: url })
      app.backends.save('')
    }
    routes.learn('https://early.example/v1', 'models')
    routes.learn('https://unsaved.example/v1', 'models')
    save('https://early.example/v1/')
    save('https://late.example/v1')
    routes.learn('https://late.example/v1', 'predictions')
    expect(app.backends.store.getState().saved.map(({ route }) => route)).toEqual(['models', 'predictions'])
    const again = await openTab(browser)
    const known = ['early', 'late', 'unsaved'].map((name) =>
      again.ports.backends.routes.of(`https://${name}.example/v1`),
    )
    expect(known).toEqual(['models', 'predictions', null])
  })

  it('a failed check says why and changes nothing', async () => {
    const { app } = await openTab(new FakeBrowser())
    app.settings.set({ backendUrl: 'https://down.example' })
    const result = await app.backends.check('https://down.example', AbortSignal.timeout(1000))
    expect(result).toMatchObject({ kind: 'fails', error: { code: 'backend/unreachable' } })
    expect(app.settings.store.getState().backendId).toBe('embedded')
  })

  it('each has an id of its own and a name in both languages', () => {
    expect(new Set(BACKENDS.map(({ id }) => id)).size).toBe(BACKENDS.length)
    for (const { name } of BACKENDS) expect(Object.values(name).every((text) => text.length > 0)).toBe(true)
  })
})

describe('a model that is being loaded', () => {
  it('is not chosen once another backend is', async () => {
    const { app } = await openTab(new FakeBrowser())
    const loading = vi.spyOn(backendDescriptor('cog'), 'loadModel').mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      const document = schema({ image: { type: 'string', format: 'uri' } })
      return { document, id: 'own', name: 'own', version: '' }
    })
    app.backends.choose({ backendId: 'cog', url: 'https://cog.example' })
    await pass(100)
    app.backends.choose({ backendId: 'replicate', url: 'https://api.example/v1' })
    const { modelId } = app.settings.store.getState()
    await pass(1000)
    expect(loading).toHaveBeenCalledOnce()
    expect(app.settings.store.getState().modelId).toBe(modelId)
    loading.mockRestore()
  })
})

describe('the mask check', () => {
  it('says that an empty mask was left behind, and goes where the model takes none', async () => {
    const tab = await openTab(new FakeBrowser())
    await openPhoto(tab)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: '/replicate/v1' })
    paint(tab)
    tab.app.session.store.getState().editor!.apply({ kind: 'clear' })
    await pass(1000)
    const codes = () => tab.app.state.read().check.findings.map(({ code }) => code)
    expect(codes()).toEqual(['empty'])
    tab.app.chooseModel(OUTPAINTER)
    await pass(1000)
    expect(codes()).toEqual([])
  })

  it('keeps its doubt about the tone of the mask until the user turns it', async () => {
    const { app } = await openTab(new FakeBrowser())
    await app.check.doubtPolarity(SD)
    const [finding] = app.state.read().check.findings
    expect(finding.code).toBe('polarity')
    finding.fix()
    expect(app.models.store.getState().polarity).toEqual({ [SD]: 'black' })
    expect(app.state.read().check.findings).toEqual([])
  })

  it('doubts the tone once, and no longer when another model is chosen', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { app } = tab
    await app.check.doubtPolarity(SD)
    await app.check.doubtPolarity(SD)
    expect(app.state.read().check.findings).toHaveLength(1)
    app.chooseModel('black-forest-labs/flux-fill-dev')
    expect(app.state.read().check.findings).toEqual([])
  })

  it('shows nothing of a check that is overtaken', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.masks, {
      review: () => new Promise((resolve) => setTimeout(() => resolve(null), 3000)),
    })
    paint(tab, 0, 0, 2, 2)
    await pass(400)
    tab.app.chooseModel(OUTPAINTER)
    await pass(5000)
    expect(tab.app.state.read().check.findings).toEqual([])
  })
})
