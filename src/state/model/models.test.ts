import { describe, expect, it, vi } from 'vitest'
import { backendDescriptor } from '../../backends/backendRegistry'
import { MODELS } from '../../core/models/modelRegistry'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, openTab, pass } from '../tab.testkit'
import { selectModel } from './formSelectors'
import { findModel, polarityOf, selectModels } from './models'
import { schema, SD } from './model.testkit'

inFakeTime()

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
