import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeBrowser } from '../fakePorts.testkit'
import { paint, pass, readyTab } from '../tab.testkit'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('that the mask is empty stays said while other things change, and goes with the first stroke', async () => {
  const tab = await readyTab(new FakeBrowser())
  const { app } = tab
  void app.regions.setAside('sky')
  await pass(1000)
  const codes = () => app.state.read().check.findings.map(({ code }) => code)
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
