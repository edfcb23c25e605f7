import { expect, it } from 'vitest'
import { FakeBrowser } from '../fakePorts.testkit'
import { inFakeTime, masked, newestRun, paint, pass, readyTab } from '../tab.testkit'

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
  void app.runner.start()
  await pass(5000)
  const run = newestRun(tab)
  const [output] = run.outputs
  if (output?.kind !== 'ready') throw new Error('no output')
  const codes = () => app.state.read().check.findings.map(({ code }) => code)
  void app.applyOutput(run, output, false)
  await pass(1000)
  expect([masked(tab), codes()]).toEqual([0, []])
  paint(tab)
  await pass(1000)
  app.session.editor()?.apply({ kind: 'clear' })
  await pass(1000)
  expect(codes()).toEqual(['empty'])
})
