import { expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, openPhoto, paint, pass, ran, readyTab } from '../tab.testkit'

inFakeTime()

it('a run\u2019s picture comes with all that was painted, set aside and chosen for the run', async () => {
  const tab = await readyTab(new FakeBrowser())
  const session = () => tab.app.session.store.getState()
  void tab.app.regions.setAside('sky')
  await pass(20)
  paint(tab)
  const points = [4, 60].map((x) => ({ x, y: 40, pressure: 255 }))
  session().editor!.apply(
    { kind: 'stroke', mode: 'paint', size: 4, hardness: 100, opacity: 100, points },
    'guides',
  )
  void tab.app.sending.choose({ kind: 'rect', rect: { x: 0, y: 0, width: 48, height: 40 } })
  void tab.app.sending.settle()
  await pass(1000)
  const { regions, sent } = session()
  const guides = session().editor!.commandsOf('guides')
  expect([regions.length, guides.length, sent.kind]).toEqual([1, 1, 'rect'])
  const { run, output } = await ran(tab)
  for (const bring of [
    () => tab.app.paintFromOutput(run, output),
    () => tab.app.applyOutput(run, output, true),
    () => tab.app.history.bringBack(run.record.id),
  ]) {
    await openPhoto(tab, 'other.png', 30, 30)
    void bring()
    await pass(200)
    expect(session()).toMatchObject({ regions, sent })
    expect(session().editor!.commandsOf('guides')).toEqual(guides)
    expect(masked(tab)).toBe(20 * 16)
  }
})
