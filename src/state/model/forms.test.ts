import { describe, expect, it } from 'vitest'
import { backendDescriptor } from '../../backends/backendRegistry'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, openPhoto, openTab } from '../tab.testkit'
import { selectModel, selectOptions, selectValues } from './formSelectors'
import { SD } from './model.testkit'

inFakeTime()

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
