import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { apply, inFakeTime, masked, openPhoto, openTab, paint, pass, ran, readyTab } from '../tab.testkit'
import { OUTPAINTER, SD } from '../model/model.testkit'

inFakeTime()

it('that the mask is empty stays said while other things change, and goes with the first stroke', async () => {
  const tab = await readyTab(new FakeBrowser())
  const { app } = tab
  const codes = () => app.state.read().check.findings.map(({ code }) => code)
  void app.regions.setAside('sky')
  await pass(1000)
  // The mask is not lost: it waits as a region.
  expect(codes()).toEqual([])
  paint(tab)
  app.session.editor()?.apply({ kind: 'clear' })
  await pass(1000)
  expect(codes()).toEqual(['empty'])
  const seen: string[] = []
  app.state.subscribe(() => seen.push(codes().join()))
  const [{ id }] = app.state.read().session.regions
  void app.regions.setText(id, 'clear sky', '')
  await pass(1000)
  expect(app.state.read().session.regions[0].name).toBe('clear sky')
  expect(new Set(seen)).toEqual(new Set(['empty']))
  paint(tab)
  expect(codes()).toEqual([])
})

it('an empty mask is no slip after a result has taken it, whatever is changed of the result', async () => {
  const tab = await readyTab(new FakeBrowser())
  const { app } = tab
  await pass(1000)
  const result = await ran(tab)
  const codes = () => app.state.read().check.findings.map(({ code }) => code)
  await apply(tab, result)
  await pass(1000)
  expect([masked(tab), codes()]).toEqual([0, []])
  paint(tab)
  await pass(1000)
  app.session.editor()?.apply({ kind: 'clear' })
  await pass(1000)
  expect(codes()).toEqual(['empty'])
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
