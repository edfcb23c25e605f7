import { describe, expect, it } from 'vitest'
import { fails, fakePrediction, processing } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { inFakeTime, leftRunning, messageCodes, newestRun, openTab, pass, readyTab } from '../tab.testkit'

inFakeTime()

describe('after a reload', () => {
  it('a run that was on is followed, without a create', async () => {
    const browser = new FakeBrowser()
    const first = await leftRunning(browser)
    const again = await openTab(browser, { name: first.tab })
    await pass(10_000)
    expect(again.backend.calls.create).toBe(0)
    expect(newestRun(again).record).toMatchObject({ status: 'succeeded', phase: 'done' })
    expect(newestRun(again).outputs[0]?.kind).toBe('ready')
  })

  it('a create without an answer is looked for, and closed as unclear where it is not found', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.creates.push('silence')
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
    const again = await openTab(browser, { name: first.tab })
    await pass(10_000)
    expect(again.backend.calls).toMatchObject({ create: 0, find: 3 })
    expect(newestRun(again).record).toMatchObject({
      status: 'failed',
      error: { code: 'run/interrupted', params: { unclear: 1 } },
    })
  })

  it('one that cannot be closed on a full disk is told as that, and closed by a later visit', async () => {
    const browser = new FakeBrowser()
    const first = await leftRunning(browser)
    const reload = (saveRun?: () => Promise<void>) =>
      openTab(browser, {
        name: first.tab,
        prepare({ backend, ports }) {
          Object.assign(backend, { capabilities: { ...backend.capabilities, resume: false } })
          if (saveRun) Object.assign(ports.runs, { saveRun })
        },
      })
    const again = await reload(() => Promise.reject(new DOMException('', 'QuotaExceededError')))
    await pass(2000)
    expect(messageCodes(again)).toEqual(['run/interrupted', 'storage/full'])
    browser.close(again.tab)
    await reload()
    await pass(2000)
    expect([...browser.runs.values()]).toMatchObject([{ phase: 'done', error: { code: 'run/interrupted' } }])
  })

  it('one that its backend keeps no result of is said, and runs again with the seed it was sent with', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    Object.assign(first.backend, { capabilities: { ...first.backend.capabilities, resume: false } })
    first.backend.creates.push(fakePrediction('p1', 'processing', { seeds: [4711] }))
    first.backend.gets.push(
      ...Array.from({ length: 9 }, () => fakePrediction('p1', 'processing', { seeds: [4711] })),
    )
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
    const again = await openTab(browser, {
      name: first.tab,
      prepare: ({ backend }) =>
        Object.assign(backend, { capabilities: { ...backend.capabilities, resume: false } }),
    })
    await pass(2000)
    const { record } = newestRun(again)
    expect(record).toMatchObject({ phase: 'done', status: 'failed', error: { code: 'run/interrupted' } })
    const { messages } = again.app.messages.store.getState()
    expect(messages).toMatchObject([{ error: { code: 'run/interrupted', params: { run: record.id } } }])
    expect(again.backend.calls.create).toBe(0)
    void again.app.history.replay(record.id, true)
    await pass(5000)
    expect(again.backend.inputs.map(({ params }) => params['seed'])).toEqual([4711])
    expect(again.backend.inputs[0]?.params['prompt']).toBe('a test')
    expect(messageCodes(again)).not.toContain('run/interrupted')
  })

  it('a fill on this device is said to be lost, too', async () => {
    const browser = new FakeBrowser()
    const kept = { resume: false, offline: true }
    const first = await readyTab(browser)
    Object.assign(first.backend, { capabilities: { ...first.backend.capabilities, ...kept } })
    first.backend.gets.push(...processing(9))
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
    const again = await openTab(browser, {
      name: first.tab,
      prepare: ({ backend }) =>
        Object.assign(backend, { capabilities: { ...backend.capabilities, ...kept } }),
    })
    await pass(2000)
    expect(newestRun(again).record).toMatchObject({ phase: 'done', status: 'failed' })
    expect(messageCodes(again)).toEqual(['run/interrupted'])
  })

  it('a tab without the key leaves the run open for one that has it', async () => {
    const browser = new FakeBrowser()
    const first = await leftRunning(browser)
    await openTab(browser, {
      name: first.tab,
      prepare: ({ backend }) => backend.gets.push(fails('backend/unauthorized')),
    })
    await pass(2000)
    const [stored] = browser.runs.values()
    expect(stored?.phase).toBe('running')
    browser.close(first.tab)
    const again = await openTab(browser)
    await pass(2000)
    expect(newestRun(again).record).toMatchObject({ phase: 'done', status: 'succeeded' })
    expect(again.backend.calls.create).toBe(0)
  })
})
