import { describe, expect, it } from 'vitest'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, masked, openPhoto, type OpenTab, openTab, paint, pass } from '../tab.testkit'
import { isRegionDone } from './regionStages'
import {
  answerWithChecks,
  regionsFinished,
  regions,
  runRegions,
  session,
  tabWith,
} from './regionRuns.testkit'

inFakeTime()

/** Whether each region is done, in their order. */
const done = (tab: OpenTab) => regions(tab).map((region) => isRegionDone(session(tab).source, region))

describe('a region', () => {
  it('is set aside with the form\u2019s prompt in one step, which empties the mask', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    expect(regions(tab)).toMatchObject([{ name: 'sky', prompt: 'a sky' }])
    expect(masked(tab)).toBe(0)
    tab.app.session.undo()
    expect(regions(tab)).toEqual([])
    expect(masked(tab)).toBe(20 * 12)
    tab.app.session.redo()
    expect(regions(tab)).toHaveLength(1)
    expect(masked(tab)).toBe(0)
  })

  it('is not made of nothing', async () => {
    const tab = await tabWith(new FakeBrowser())
    void tab.app.regions.setAside('none')
    await pass(20)
    expect(regions(tab)).toEqual([])
  })

  it('gives its mask back to be edited, takes another, and is renamed and removed, a step each', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky', 'door')
    const [{ id, mask, maskFrame }] = regions(tab)
    void tab.app.operations.replace(maskFrame, mask)
    await pass(100)
    expect(masked(tab)).toBe(20 * 12)
    paint(tab, 40, 2, 10, 10)
    void tab.app.regions.takeMask(id)
    await pass(20)
    expect(masked(tab)).toBe(0)
    void tab.app.regions.setText(id, 'air', 'clouds')
    await pass(20)
    const before = regions(tab)
    expect(before[0]).toMatchObject({ id, name: 'air', prompt: 'clouds' })
    void tab.app.operations.replace(before[0].maskFrame, before[0].mask)
    await pass(100)
    expect(masked(tab)).toBe(20 * 12 + 100)
    void tab.app.regions.remove(id)
    await pass(20)
    expect(regions(tab).map(({ name }) => name)).toEqual(['door'])
    tab.app.session.undo()
    expect(regions(tab)).toEqual(before)
  })

  it('stays with its document: after a reload all is there, and each step can be undone', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    void tab.app.regions.setText(regions(tab)[0].id, 'air', 'clouds')
    await pass(1000)
    const before = regions(tab)
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(500)
    expect(regions(again)).toEqual(before)
    again.app.session.undo()
    expect(regions(again).map(({ name }) => name)).toEqual(['sky', 'door'])
    again.app.session.undo()
    expect(regions(again).map(({ name }) => name)).toEqual(['sky'])
    expect(masked(again)).toBe(12 * 16)
    again.app.session.redo()
    again.app.session.redo()
    expect(regions(again)).toEqual(before)
  })

  it('goes with a link, and with the file that the link waits for', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    const { url } = await tab.app.links.make()
    const other = await openTab(new FakeBrowser(), { address: url })
    void other.app.links.take(other.app.state.read().links.question!.link, false)
    await pass(100)
    await openPhoto(other)
    await pass(500)
    expect(regions(other)).toEqual(regions(tab))
  })
})

describe('a region that is done', () => {
  it('is so until its mask or prompt changes, and again once that is taken back; its name has no part in it', async () => {
    const browser = new FakeBrowser()
    const tab = await tabWith(browser, 'sky', 'door')
    expect(done(tab)).toEqual([false, false])
    void runRegions(tab, 'sky', 'door')
    await regionsFinished(tab)
    expect(done(tab)).toEqual([true, true])
    const [{ id }] = regions(tab)
    void tab.app.regions.setText(id, 'air', 'a sky')
    await pass(20)
    expect(done(tab)).toEqual([true, true])
    void tab.app.regions.setText(id, 'air', 'clouds')
    await pass(20)
    expect(done(tab)).toEqual([false, true])
    tab.app.session.undo()
    expect(done(tab)).toEqual([true, true])
    paint(tab, 40, 2, 10, 10)
    void tab.app.regions.takeMask(id)
    await pass(1000)
    expect(done(tab)).toEqual([false, true])
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab, prepare: answerWithChecks })
    await pass(500)
    expect(done(again)).toEqual([false, true])
    void again.app.regions.run([id])
    await regionsFinished(again)
    expect(done(again)).toEqual([true, true])
  })

  it('counts as done where its result was kept before results said what was asked', async () => {
    const tab = await tabWith(new FakeBrowser(), 'sky')
    void runRegions(tab, 'sky')
    await regionsFinished(tab)
    const source = session(tab).source!
    const [shown] = source.applied!.patches
    const { regionDigest: _, ...from } = shown.patch.from!
    const earlier = [{ ...shown, patch: { ...shown.patch, from } }]
    const [region] = regions(tab)
    const changed = { ...region, prompt: 'clouds' }
    expect(isRegionDone(source, changed)).toBe(false)
    expect(isRegionDone({ ...source, applied: { ...source.applied!, patches: earlier } }, changed)).toBe(true)
  })
})
