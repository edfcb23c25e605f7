import { describe, expect, it } from 'vitest'
import type { RunRecord } from '../../core/document/codec/recordCodec'
import { processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, messageCodes, newestRun, openTab, type OpenTab, pass, readyTab } from '../tab.testkit'
import { selectListed } from './archiveEntries'

inFakeTime()

/** A browser with runs of the given prompts, the newest first. */
async function browserWith(...texts: readonly string[]): Promise<FakeBrowser> {
  const browser = new FakeBrowser()
  const tab = await readyTab(browser)
  void tab.app.runner.start()
  await pass(5000)
  const [record] = browser.runs.values()
  const [output] = browser.outputs.values()
  browser.close(tab.tab)
  browser.runs.clear()
  browser.outputs.clear()
  if (!record || !output) throw new Error('no run')
  texts.forEach((prompt, place) => {
    const run = recordOf(record, place, prompt)
    browser.runs.set(run.id, run)
    browser.outputs.set(`${run.id} 0`, output)
  })
  return browser
}

function recordOf(record: RunRecord, place: number, prompt: string): RunRecord {
  const { document } = record
  const setup = { ...document.setup, params: { ...document.setup.params, prompt } }
  const id = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`
  return {
    ...record,
    id,
    createdAt: new Date(1.7e12 - place * 1000).toISOString(),
    document: { ...document, setup },
  }
}

async function historyOf(browser: FakeBrowser): Promise<OpenTab> {
  const tab = await openTab(browser)
  void tab.app.archive.open()
  await pass(10)
  return tab
}

/** Writing takes fake time. */
async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.all([work, pass(10)])
}

function prompts({ app }: OpenTab): (string | null)[] {
  return selectListed(app.state.read()).map(({ prompt }) => prompt)
}

function ids({ app }: OpenTab): string[] {
  return selectListed(app.state.read()).map(({ id }) => id)
}

function isListed({ app }: OpenTab, id: string): boolean {
  return app.runs.byId(id) !== null
}

describe('the history', () => {
  it('lists every run, newest first; damaged records are counted, and stay', async () => {
    const browser = await browserWith('a', 'b', 'c', 'd', 'e')
    const id = [...browser.runs.keys()][1]
    browser.runs.set(id, { id, createdAt: 'x', status: 7 } as never)
    const tab = await historyOf(browser)
    expect(prompts(tab)).toEqual(['a', 'c', 'd', 'e'])
    expect(tab.app.state.read().archive).toMatchObject({ phase: 'read', damaged: 1 })
    expect(browser.runs.has(id)).toBe(true)
  })

  it('takes in a run as it starts and ends, here and in another tab', async () => {
    const browser = await browserWith('old')
    const here = await readyTab(browser)
    const other = await historyOf(browser)
    void here.app.archive.open()
    await pass(10)
    here.backend.gets.push(...processing(9))
    void here.app.runner.start()
    await pass(1500)
    expect(selectListed(here.app.state.read())[0]).toMatchObject({ prompt: 'a test', end: 'open' })
    expect(prompts(other)).toEqual(prompts(here))
    await pass(60_000)
    expect(selectListed(here.app.state.read())[0]).toMatchObject({ end: 'succeeded', outputCount: 1 })
  })

  it('keeps stars over a visit, and in other tabs', async () => {
    const browser = await browserWith('a', 'b')
    const tab = await historyOf(browser)
    const other = await historyOf(browser)
    const [, second = ''] = ids(tab)
    await settled(tab.app.archive.star([second], true))
    await pass(10)
    for (const one of [tab, other, await historyOf(browser)]) {
      one.app.archive.setQuery({ starred: true })
      expect(prompts(one)).toEqual(['b'])
    }
  })

  it('brings an old run back that the short list has not', async () => {
    const browser = await browserWith(...Array.from({ length: 60 }, (_, place) => `run ${place}`))
    const tab = await historyOf(browser)
    const oldest = ids(tab).at(-1)!
    expect(isListed(tab, oldest)).toBe(false)
    void tab.app.history.bringBack(oldest)
    await pass(50)
    expect(tab.app.session.store.getState().source?.name).toBe('photo.png')
    expect(isListed(tab, oldest)).toBe(true)
  })

  it('says so where nothing can be read, and lists the runs of this visit', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.archive, {
      scan: () => Promise.reject(new DOMException('no', 'InvalidStateError')),
    })
    void tab.app.runner.start()
    await pass(5000)
    await settled(tab.app.archive.open())
    expect(tab.app.state.read().archive.phase).toBe('failed')
    expect(prompts(tab)).toEqual(['a test'])
    expect(messageCodes(tab)).toContain('storage/unavailable')
  })
})

describe('what is deleted', () => {
  it('is gone from both lists and from other tabs, comes back by Undo, and is purged with the notice', async () => {
    const browser = await browserWith('a', 'b', 'c')
    const tab = await historyOf(browser)
    const other = await historyOf(browser)
    const [first = '', second = ''] = ids(tab)
    await settled(tab.app.archive.remove([first, second]))
    await pass(10)
    for (const one of [tab, other]) {
      expect(prompts(one)).toEqual(['c'])
      expect(isListed(one, first)).toBe(false)
    }
    await settled(tab.app.archive.undoRemove())
    await pass(10)
    for (const one of [tab, other]) {
      expect(prompts(one)).toEqual(['a', 'b', 'c'])
      expect(isListed(one, first)).toBe(true)
    }
    expect(browser.runs.size).toBe(3)
    await settled(tab.app.archive.remove([first]))
    await pass(11_000)
    expect([...browser.runs.keys()]).not.toContain(first)
    expect(browser.outputs.size).toBe(2)
    expect(prompts(await historyOf(browser))).toEqual(['b', 'c'])
  })

  it('does not come back at a reload before it was purged', async () => {
    const browser = await browserWith('a', 'b')
    const tab = await historyOf(browser)
    await settled(tab.app.archive.remove([ids(tab)[0]]))
    browser.close(tab.tab)
    const again = await historyOf(browser)
    expect(prompts(again)).toEqual(['b'])
    expect(again.app.runs.store.getState().runs).toHaveLength(1)
  })

  it('is no run that is on', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...processing(9))
    void tab.app.runner.start()
    await pass(1500)
    await settled(tab.app.archive.open())
    await settled(tab.app.archive.remove([newestRun(tab).record.id]))
    expect(prompts(tab)).toEqual(['a test'])
    expect(messageCodes(tab)).toContain('runs-on-kept')
  })

  it('stays where the disk refuses it', async () => {
    const browser = await browserWith('a')
    const tab = await historyOf(browser)
    browser.isFull = true
    await settled(tab.app.archive.remove(ids(tab)))
    await settled(tab.app.archive.star(ids(tab), true))
    expect(prompts(tab)).toEqual(['a'])
    expect(selectListed(tab.app.state.read())[0]?.starred).toBe(false)
    expect(messageCodes(tab)).toContain('storage/full')
  })
})
