import { describe, expect, it } from 'vitest'
import { backendDescriptor } from '../../backends/backendRegistry'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { selectObstacles } from '../runs/obstacles'
import { inFakeTime, openPhoto, openTab, type OpenTab, paint, readyTab } from '../tab.testkit'
import { selectTakesMask } from './formSelectors'
import { OUTPAINTER, schema } from './model.testkit'

inFakeTime()

const obstacles = ({ app }: OpenTab) =>
  selectObstacles({ ...app.state.read(), pageUrl: app.pageUrl }).map(({ code }) => code)

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
