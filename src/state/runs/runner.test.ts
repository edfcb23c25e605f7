import { keysOfRun } from '../../core/document/codec/recordCodec'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf } from '../../core/document/document'
import { AppError } from '../../core/errors'
import { outageSeconds } from '../../core/run/outage'
import { fails, fakePrediction, lost } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakePorts.testkit'
import { compositeOf } from './outputs'
import {
  cropOf,
  inFakeTime,
  messageCodes,
  newestRun,
  openPhoto,
  openTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

describe('a run', () => {
  it('goes from the click to its outputs, which are stored', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(5000)
    const { record, outputs, stage } = newestRun(tab)
    expect(stage).toBe('done')
    expect(record).toMatchObject({ phase: 'done', status: 'succeeded', outputCount: 1, predictionId: 'p1' })
    expect(outputs.map(({ kind }) => kind)).toEqual(['ready'])
    expect([...browser.outputs.keys()]).toEqual([`${record.id} 0`])
    expect(browser.runs.get(record.id)).toEqual(record)
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: record.id })
  })

  it('that ends does not unlock Run while the next one is being prepared', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 3 }, () => fakePrediction('p1', 'processing')))
    void tab.app.runner.start()
    await pass(900)
    const { create } = tab.ports.backends
    Object.assign(tab.ports.backends, {
      create: async (...about: Parameters<typeof create>) => {
        await new Promise((resolve) => setTimeout(resolve, 8000))
        return create(...about)
      },
    })
    void tab.app.runner.start({ another: true })
    await pass(5000)
    expect(newestRun(tab).stage).toBe('done')
    void tab.app.runner.start()
    await pass(30_000)
    expect(tab.backend.calls.create).toBe(2)
  })

  it('over, leaves no picture in the query client', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    for (let i = 0; i < 3; i++) {
      void tab.app.runner.start()
      await pass(5000)
      void tab.app.runner.answer(newestRun(tab).record.id, 'leave')
      await pass(1000)
    }
    expect(tab.backend.calls.create).toBe(3)
    expect(tab.queries()?.getMutationCache().getAll()).toEqual([])
    expect(tab.queries()?.getQueryCache().getAll()).toEqual([])
  })

  it('changes nothing outside its mask', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { source, editor } = tab.app.session.store.getState()
    void tab.app.runner.start()
    await pass(5000)
    const [output] = newestRun(tab).outputs
    if (output?.kind !== 'ready') throw new Error('no output')
    const { rect } = output
    const crop = await cropOf(output)
    for (let y = 0; y < crop.height; y++) {
      for (let x = 0; x < crop.width; x++) {
        const at = { x: rect.x + x, y: rect.y + y }
        const inside = at.x >= 10 && at.x < 30 && at.y >= 10 && at.y < 26
        const before = source!.pixels.data[(at.y * source!.pixels.width + at.x) * 4]
        expect(crop.data[(y * crop.width + x) * 4]).toBe(inside ? 200 : before)
      }
    }
    expect(editor!.commands).toHaveLength(1)
  })

  it('is on disk, with its picture, before the request goes out', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.delays.write = 500
    void tab.app.runner.start()
    await pass(400)
    expect(tab.backend.calls.create).toBe(0)
    await pass(105)
    const [stored] = browser.runs.values()
    expect(stored).toMatchObject({ phase: 'sending', predictionId: null })
    expect(browser.sources.has(stored.document.base.key)).toBe(true)
    await pass(10)
    expect(tab.backend.calls.create).toBe(1)
  })

  it('uses the mask of the click, whatever is painted meanwhile', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5)
    paint(tab, 40, 30, 20, 10)
    await pass(5000)
    const { record, outputs } = newestRun(tab)
    const [output] = outputs
    if (output?.kind !== 'ready') throw new Error('no output')
    expect(record.document.commands.length).toBeGreaterThan(0)
    expect(tab.app.session.store.getState().editor!.commands).toHaveLength(2)
    const source = tab.app.session.store.getState().source!
    const at = (35 * source.pixels.width + 50) * 4
    expect((await compositeOf(source, frameOf(source.pixels), output)).data[at]).toBe(source.pixels.data[at])
  })

  it('goes on in memory where the disk is full, says so once, and is written once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', unsaved: true })
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(messageCodes(tab).filter((code) => code === 'storage/full')).toHaveLength(1)
    const { id } = newestRun(tab).record
    await pass(10_000)
    expect(browser.runs.size).toBe(0)
    browser.isFull = false
    await pass(10_000)
    expect(newestRun(tab).unsaved).toBe(false)
    const stored = browser.runs.get(id)
    expect(stored).toMatchObject({ phase: 'done', status: 'succeeded', rawOutputs: [{ whole: false }] })
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(browser.thumbnails.has(id)).toBe(true)
    expect(keysOfRun(stored!).filter((key) => !browser.sources.has(key))).toEqual([])
    expect(tab.backend.calls.create).toBe(1)
    void tab.app.runner.start()
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
  })

  it('whose outputs do not fit on the disk is open until the next visit, which fetches and stores them', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    Object.assign(tab.ports.runs, {
      saveOutput: () => Promise.reject(new DOMException('full', 'QuotaExceededError')),
    })
    void tab.app.runner.start()
    await pass(5000)
    const { id } = newestRun(tab).record
    expect(newestRun(tab)).toMatchObject({ stage: 'done', unsaved: true })
    expect(browser.runs.get(id)).toMatchObject({ phase: 'running', predictionId: 'p1' })
    browser.close(tab.tab)
    const again = await openTab(browser, { name: tab.tab })
    await pass(5000)
    expect([...browser.outputs.keys()]).toEqual([`${id} 0`])
    expect(browser.runs.get(id)).toMatchObject({ phase: 'done', status: 'succeeded' })
    expect(again.backend.calls).toMatchObject({ create: 0, get: 1 })
  })

  it('with a full small storage starts, and again once there is room', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    tab.app.settings.set({ theme: 'light' })
    tab.app.forms.setFields({ prompt: 'a door' })
    void tab.app.runner.start()
    await pass(5000)
    expect(tab.backend.calls.create).toBe(1)
    expect(tab.app.settings.store.getState().theme).toBe('light')
  })
})

describe('never twice', () => {
  it('two, three or five clicks are one create', async () => {
    for (const clicks of [2, 3, 5]) {
      const tab = await readyTab(new FakeBrowser())
      for (let i = 0; i < clicks; i++) void tab.app.runner.start()
      await pass(100)
      for (let i = 0; i < clicks; i++) void tab.app.runner.start()
      await pass(5000)
      expect(tab.backend.calls.create).toBe(1)
    }
  })

  it('one more run is asked for by a click of its own', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fakePrediction('p1', 'starting'), fakePrediction('p2', 'starting'))
    void tab.app.runner.start()
    await pass(1000)
    void tab.app.runner.start({ another: true })
    void tab.app.runner.start({ another: true })
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(tab.app.runs.store.getState().runs).toHaveLength(2)
  })

  it('at most four go at once, and each is stopped alone', async () => {
    const tab = await readyTab(new FakeBrowser())
    const ids = ['p1', 'p2', 'p3', 'p4']
    tab.backend.creates.push(...ids.map((id) => fakePrediction(id, 'starting')))
    tab.backend.gets.push(...Array.from({ length: 99 }, () => fakePrediction('p1', 'processing')))
    for (let clicks = 0; clicks < 6; clicks++) {
      void tab.app.runner.start({ another: true })
      await pass(1000)
    }
    expect(tab.backend.calls.create).toBe(4)
    const all = tab.app.runs.store.getState().runs
    for (const [stopped, { record }] of all.entries()) {
      void tab.app.runner.cancel(record.id)
      await pass(100)
      const on = tab.app.runs.store.getState().runs.filter(({ stage }) => stage !== 'done')
      expect(on).toHaveLength(3 - stopped)
    }
    expect(tab.backend.calls.cancel).toBe(4)
  })

  it('a lost answer is found in the list and adopted', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    tab.backend.finds.push(null, fakePrediction('found', 'processing'))
    void tab.app.runner.start()
    await pass(1000)
    expect(newestRun(tab).stage).toBe('unclear')
    await pass(6000)
    expect(newestRun(tab).record).toMatchObject({ predictionId: 'found', status: 'succeeded' })
    expect(tab.backend.calls.create).toBe(1)
    expect(messageCodes(tab)).toContain('run-found')
  })

  it('a lost answer that nobody finds is sent again by the user alone', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(lost())
    void tab.app.runner.start()
    await pass(60_000)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(tab.backend.calls).toMatchObject({ create: 1, find: 3 })
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('what was offline from the start is ready to send, and goes out once, on a click', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/offline', { unclear: 1, notSent: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab)).toMatchObject({
      stage: 'unsent',
      record: { error: { code: 'run/not-sent', params: {} } },
    })
    expect(messageCodes(tab)).toEqual(['run/not-sent'])
    expect(tab.leaving.asks).toBe(false)
    await pass(600_000)
    expect(tab.backend.calls).toMatchObject({ create: 1, find: 0 })
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.create).toBe(2)
    expect(messageCodes(tab)).not.toContain('run/not-sent')
  })

  it('for a backend that nothing gets to is ready to send, and goes out once, on a click, when it answers', async () => {
    const tab = await readyTab(new FakeBrowser())
    const asked: string[] = []
    let isOff = true
    Object.assign(tab.ports.network, {
      obstacleTo: (url: string) => {
        asked.push(url)
        const params = { origin: 'https://api.example', notSent: 1 }
        return Promise.resolve(isOff ? new AppError('backend/unreachable', { params }).data : null)
      },
    })
    void tab.app.runner.start()
    for (let clicks = 1; clicks <= 3; clicks++) {
      await pass(600_000)
      for (const wake of tab.wakes) wake()
      expect(newestRun(tab)).toMatchObject({
        stage: 'unsent',
        record: {
          phase: 'sending',
          error: { code: 'run/not-reached', params: { origin: 'https://api.example' } },
        },
      })
      expect(messageCodes(tab)).toEqual(['run/not-reached'])
      expect(tab.backend.calls).toEqual({ create: 0, get: 0, cancel: 0, find: 0, forget: 0 })
      expect(asked).toHaveLength(clicks)
      isOff = clicks < 3
      void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
      void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
    }
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.create).toBe(1)
    expect(asked).toEqual(Array.from({ length: 4 }, () => 'https://api.example/v1'))
  })

  it('whose pictures could not go up has started nothing', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.backend, { create: () => Promise.reject(fails('backend/unreachable')) })
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).stage).toBe('unsent')
  })

  it('what the browser refused is not sent, and says why', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/mixed-content', { unclear: 1, notSent: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).record.error?.params).not.toHaveProperty('unclear')
    expect(messageCodes(tab)).toEqual(['backend/mixed-content'])
  })

  it('what went offline on the way may have arrived', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/offline', { unclear: 1 }))
    void tab.app.runner.start()
    await pass(100)
    expect(newestRun(tab).stage).toBe('unclear')
  })

  it('a refusal with a time is resent once, after it', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fails('backend/rate-limited', { seconds: 4 }))
    void tab.app.runner.start()
    await pass(3900)
    expect(newestRun(tab).stage).toBe('waiting')
    expect(tab.backend.calls.create).toBe(1)
    await pass(5000)
    expect(tab.backend.calls.create).toBe(2)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('leaving is asked about while the request is out, and at no other time', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 1000
    tab.backend.gets.push(fakePrediction('p1', 'processing'))
    expect(tab.leaving.asks).toBe(false)
    void tab.app.runner.start()
    await pass(500)
    expect(tab.leaving.asks).toBe(true)
    await pass(1000)
    expect(newestRun(tab).stage).toBe('following')
    expect(tab.leaving.asks).toBe(false)
    await pass(20_000)
    tab.backend.creates.push(lost())
    void tab.app.runner.start()
    await pass(500)
    expect(tab.leaving.asks).toBe(true)
    await pass(20_000)
    expect(newestRun(tab).stage).toBe('unclear')
    expect(tab.leaving.asks).toBe(false)
  })

  it('leaving is asked about as long as a run cannot be asked for again', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'cog' })
    tab.backend.gets.push(...Array.from({ length: 4 }, () => fakePrediction('p1', 'processing')))
    void tab.app.runner.start()
    await pass(2000)
    expect(newestRun(tab).stage).toBe('following')
    expect(tab.leaving.asks).toBe(true)
    await pass(20_000)
    expect(newestRun(tab).stage).toBe('done')
    expect(tab.leaving.asks).toBe(false)
  })

  it('leaving is not asked about where nothing is billed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.settings.set({ backendId: 'embedded' })
    tab.backend.answerMs = 1000
    void tab.app.runner.start()
    await pass(500)
    expect(newestRun(tab).stage).toBe('sending')
    expect(tab.leaving.asks).toBe(false)
  })

  it('creates are clicks and resends, for any mix of answers', async () => {
    const answer = fc.constantFrom('ok', 'lost', 'refused', 'failed', 'waits')
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        async (answers, resends) => {
          const tab = await readyTab(new FakeBrowser())
          for (const kind of answers) {
            if (kind === 'ok') tab.backend.creates.push(fakePrediction('p1', 'starting'))
            else if (kind === 'lost') tab.backend.creates.push(lost())
            else if (kind === 'waits') tab.backend.creates.push(fails('backend/busy', { seconds: 1 }))
            else
              tab.backend.creates.push(
                fails(kind === 'refused' ? 'backend/invalid-input' : 'backend/payment'),
              )
          }
          void tab.app.runner.start()
          await pass(9000)
          let asked = 0
          for (let i = 0; i < resends && newestRun(tab).stage === 'unclear'; i++) {
            asked++
            void tab.app.runner.answer(newestRun(tab).record.id, 'resend')
            await pass(9000)
          }
          const refusals = answers.filter((kind) => kind === 'waits').length
          expect(tab.backend.calls.create).toBeLessThanOrEqual(1 + asked + Math.min(1, refusals))
          expect(tab.app.runs.store.getState().runs).toHaveLength(1)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('polling', () => {
  it('shows the answer after twelve failed polls in a row', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 12 }, () => fails('backend/server-error')))
    void tab.app.runner.start()
    await pass(70_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.backend.calls.get).toBe(13)
  })

  it('does not stop where every fifth poll fails', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (let i = 1; i <= 60; i++) {
      tab.backend.gets.push(i % 5 === 0 ? fails('backend/unreachable') : fakePrediction('p1', 'processing'))
    }
    void tab.app.runner.start()
    await pass(61 * 5100)
    expect(tab.backend.calls.get).toBe(61)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('has one request out at a time, however often the page wakes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 300
    tab.backend.gets.push(...Array.from({ length: 8 }, () => fakePrediction('p1', 'processing')))
    void tab.app.runner.start()
    for (let i = 0; i < 40; i++) {
      await pass(100)
      for (const wake of tab.wakes) wake()
    }
    await pass(60_000)
    expect(tab.backend.polling.max).toBe(1)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('goes on within 100 ms when the page wakes, however long the network was away', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 20 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(30_000)
    const { get } = tab.backend.calls
    tab.backend.gets.length = 0
    // Within a gap of 5 s.
    await pass(500)
    for (const wake of tab.wakes) wake()
    await pass(100)
    expect(tab.backend.calls.get).toBe(get + 1)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('keeps to Retry-After when the page wakes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fails('backend/rate-limited', { seconds: 30 }))
    void tab.app.runner.start()
    await pass(2000)
    expect(tab.backend.calls.get).toBe(1)
    for (let i = 0; i < 20; i++) {
      for (const wake of tab.wakes) wake()
      await pass(1000)
    }
    expect(tab.backend.calls.get).toBe(1)
    await pass(12_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('says that no answer comes, why, and goes on when one does', async () => {
    const tab = await readyTab(new FakeBrowser())
    const probes: string[] = []
    Object.assign(tab.ports.network, {
      isAnswering: (url: string) => Promise.resolve(probes.push(url) > 0),
    })
    tab.backend.gets.push(...Array.from({ length: 10 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).outage?.error?.code).toBe('backend/unreachable')
    expect(probes).toEqual([])
    await pass(12_000)
    const { outage } = newestRun(tab)
    expect(outage?.error?.code).toBe('backend/cors')
    expect(outageSeconds(outage!, performance.now())).toBe(16)
    expect(probes).toEqual(['https://api.example/v1'])
    await pass(20_000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(newestRun(tab).outage).toBeNull()
  })

  it('takes nothing for hidden that its own server passes on: the one behind it is off', async () => {
    const tab = await readyTab(new FakeBrowser())
    const probes: string[] = []
    Object.assign(tab.ports.network, {
      isAnswering: (url: string) => Promise.resolve(probes.push(url) > 0),
    })
    tab.app.settings.set({ backendUrl: '/replicate/v1' })
    tab.backend.gets.push(...Array.from({ length: 10 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(17_000)
    expect(newestRun(tab).outage?.error?.code).toBe('backend/unreachable')
    expect(probes).toEqual([])
  })

  it('keeps to Retry-After in the tab that takes the run over', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(fails('backend/rate-limited', { seconds: 60 }))
    void first.app.runner.start()
    await pass(2000)
    browser.close(first.tab)
    const second = await openTab(browser)
    await pass(50_000)
    for (const wake of second.wakes) wake()
    expect(second.backend.calls.get).toBe(0)
    await pass(10_000)
    expect(newestRun(second).record.status).toBe('succeeded')
  })

  it('polls no more after the end', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5000)
    const { get } = tab.backend.calls
    for (const wake of tab.wakes) wake()
    await pass(120_000)
    expect(tab.backend.calls.get).toBe(get)
    expect(tab.backend.calls.forget).toBe(1)
  })

  it('asks after ten minutes without an answer, and goes on when the user says so', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 130 }, () => fails('backend/unreachable')))
    void tab.app.runner.start()
    await pass(11 * 60_000)
    expect(newestRun(tab).stage).toBe('stalled')
    tab.backend.gets.length = 0
    void tab.app.runner.keepWaiting(newestRun(tab).record.id)
    await pass(1000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })
})

describe('cancel', () => {
  it('ends at the backend', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 9 }, () => fakePrediction('p1', 'processing')))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(100)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled', phase: 'done' } })
    expect(tab.backend.calls.cancel).toBe(1)
  })

  it('lets go within 10 s where the backend goes on saying processing', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 60 }, () => fakePrediction('p1', 'processing')))
    tab.backend.cancels.push(fakePrediction('p1', 'processing'))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(10_000)
    expect(newestRun(tab).stage).toBe('done')
    expect(messageCodes(tab)).toContain('cancel-local')
  })

  it('is asked for again where its request fails', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(...Array.from({ length: 60 }, () => fakePrediction('p1', 'processing')))
    tab.backend.cancels.push(fails('backend/server-error'))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(4000)
    expect(tab.backend.calls.cancel).toBe(2)
    expect(newestRun(tab).record.status).toBe('canceled')
  })

  it('while create is out is passed on when its answer comes', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 2000
    void tab.app.runner.start()
    await pass(100)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(2000)
    expect(tab.backend.calls.cancel).toBe(1)
    await pass(2000)
    expect(newestRun(tab).record.status).toBe('canceled')
  })

  it('is followed by no message where create is refused after it', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.answerMs = 1500
    tab.backend.creates.push(fails('backend/invalid-input'))
    void tab.app.runner.start()
    await pass(100)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(20_000)
    expect(messageCodes(tab)).not.toContain('cancel-local')
    expect(newestRun(tab).stage).toBe('done')
  })

  it.each([
    ['a silent server', 'silence'],
    ['an unknown status', fakePrediction('p1', 'processing', { rawStatus: 'warming_up' })],
    ['no status', fakePrediction('p1', 'starting')],
    ['errors', fails('backend/server-error', { status: 502 })],
    ['a time to wait', fails('backend/rate-limited', { seconds: 120 })],
    ['a refused key', fails('backend/unauthorized')],
  ] as const)('ends within 10 s with %s, and says that it may go on', async (_name, answer) => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fakePrediction('p1', 'processing'), ...Array.from({ length: 60 }, () => answer))
    tab.backend.cancels.push(...Array.from({ length: 9 }, () => answer))
    void tab.app.runner.start()
    await pass(2000)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(10_000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled' } })
    expect(messageCodes(tab)).toContain('cancel-local')
    await pass(1000)
    tab.backend.gets.length = 0
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('ends the wait for outputs that do not come', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.network, { fetchOutput: () => new Promise(() => {}) })
    tab.backend.gets.push(
      fakePrediction('p1', 'succeeded', { outputs: [{ kind: 'url', url: 'https://out.example/1.png' }] }),
    )
    void tab.app.runner.start()
    await pass(2000)
    expect(newestRun(tab).stage).toBe('fetching')
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(0)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'canceled' } })
  })

  it('leaves no timer behind', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(700)
    void tab.app.runner.cancel(newestRun(tab).record.id)
    await pass(30_000)
    const { get, cancel } = tab.backend.calls
    await pass(600_000)
    expect(tab.backend.calls).toMatchObject({ get, cancel })
  })
})

describe('outputs', () => {
  const withUrl = (url: string) => fakePrediction('p1', 'succeeded', { outputs: [{ kind: 'url', url }] })

  it('that cannot be fetched at first are tried three times', async () => {
    const tab = await readyTab(new FakeBrowser())
    let tries = 0
    Object.assign(tab.ports.network, {
      fetchOutput: () => {
        tries++
        return Promise.reject(fails('backend/output-unreadable'))
      },
    })
    tab.backend.gets.push(withUrl('https://out.example/1.png'))
    void tab.app.runner.start()
    await pass(10_000)
    expect(tries).toBe(3)
    expect(newestRun(tab).outputs[0]).toMatchObject({ kind: 'failed', retry: { seed: null } })
    expect(newestRun(tab).record.phase).toBe('running')
  })

  it('are fetched again at a click, and the record is closed then', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const fetchOutput = tab.ports.network.fetchOutput
    Object.assign(tab.ports.network, {
      fetchOutput: () => Promise.reject(fails('backend/output-unreadable')),
    })
    tab.backend.gets.push(withUrl('https://out.example/1.png'))
    void tab.app.runner.start()
    await pass(10_000)
    const { width, height } = tab.backend.output
    tab.web.set('https://out.example/1.png', {
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4).fill(90),
    })
    Object.assign(tab.ports.network, { fetchOutput })
    const { id } = newestRun(tab).record
    const before = tab.bitmaps.size
    // A double click is one.
    void tab.app.runner.retryOutput(id, 0)
    void tab.app.runner.retryOutput(id, 0)
    await pass(1000)
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(tab.bitmaps.size).toBe(before + 1)
    expect(browser.runs.get(id)?.phase).toBe('done')
  })

  it('are asked for again by themselves when the page wakes, as long as their host may have them', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    let asked = 0
    let answer: AppError | Blob = fails('backend/output-unreadable')
    Object.assign(tab.ports.network, {
      fetchOutput: () => {
        asked++
        return answer instanceof AppError ? Promise.reject(answer) : Promise.resolve(answer)
      },
    })
    tab.backend.gets.push(...Array.from({ length: 9 }, () => withUrl('https://out.example/1.png')))
    void tab.app.runner.start()
    await pass(10_000)
    const { id } = newestRun(tab).record
    const wake = async () => {
      const before = asked
      for (let i = 0; i < 3; i++) for (const call of tab.wakes) call()
      await pass(10_000)
      return asked - before
    }
    expect(newestRun(tab).record.phase).toBe('running')
    // Three tries of one request, however often it wakes at once.
    expect(await wake()).toBe(3)
    answer = await tab.ports.codec.encodePng({
      width: 64,
      height: 64,
      data: new Uint8ClampedArray(64 * 64 * 4).fill(90),
    })
    expect(await wake()).toBe(1)
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(browser.runs.get(id)?.phase).toBe('done')
    expect(await wake()).toBe(0)
    expect(tab.backend.calls.create).toBe(1)
  })

  it('are asked for under a new address where the old one has expired', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(withUrl('https://out.example/old.png'), withUrl('https://out.example/new.png'))
    const asked: string[] = []
    Object.assign(tab.ports.network, {
      fetchOutput: (url: string) => {
        asked.push(url)
        return url.endsWith('new.png')
          ? tab.ports.codec.encodePng({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) })
          : Promise.reject(fails('backend/output-unreadable', { reason: 403 }))
      },
    })
    void tab.app.runner.start()
    await pass(10_000)
    expect(asked).toHaveLength(3)
    void tab.app.runner.retryOutput(newestRun(tab).record.id, 0)
    await pass(10_000)
    expect(asked.at(-1)).toBe('https://out.example/new.png')
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(newestRun(tab).record.phase).toBe('done')
  })

  it.each([
    ['HTML', fails('backend/unsafe-output', { whole: 1 })],
    ['an answer that breaks off', fails('backend/output-unreadable')],
    ['half a picture', new Blob(['half'])],
  ])('%s once is fetched again', async (_name, answer) => {
    const tab = await readyTab(new FakeBrowser())
    const answers: (AppError | Blob)[] = [answer]
    const good = await tab.ports.codec.encodePng({
      width: 64,
      height: 64,
      data: new Uint8ClampedArray(64 * 64 * 4),
    })
    Object.assign(tab.ports.network, {
      fetchOutput: () => {
        const next = answers.shift() ?? good
        return next instanceof AppError ? Promise.reject(next) : Promise.resolve(next)
      },
    })
    tab.backend.gets.push(withUrl('https://out.example/1.png'))
    void tab.app.runner.start()
    await pass(10_000)
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(newestRun(tab).record).toMatchObject({ status: 'succeeded', phase: 'done' })
  })

  it('are final only at a second whole answer that is no picture', async () => {
    const html = fails('backend/unsafe-output', { whole: 1 })
    const cut = fails('backend/output-unreadable')
    for (const [answers, tries, retryable] of [
      [[html, html, html], 2, false],
      [[cut, html, cut], 3, true],
      [[cut, cut, html], 3, true],
      [[html, cut, html], 3, false],
      [[fails('backend/unsafe-output')], 1, false],
    ] as const) {
      const tab = await readyTab(new FakeBrowser())
      let asked = 0
      Object.assign(tab.ports.network, { fetchOutput: () => Promise.reject(answers[asked++]) })
      tab.backend.gets.push(withUrl('https://out.example/1.png'))
      void tab.app.runner.start()
      await pass(10_000)
      expect(asked).toBe(tries)
      const { record, outputs } = newestRun(tab)
      expect(record.predictionId).toBe('p1')
      if (retryable) expect(outputs[0]).toMatchObject({ kind: 'failed', retry: { seed: null } })
      else expect(record).toMatchObject({ status: 'failed', error: { code: 'backend/unsafe-output' } })
    }
  })

  it('that are no pictures fail the run with their own error', async () => {
    const tab = await readyTab(new FakeBrowser())
    Object.assign(tab.ports.network, { fetchOutput: () => Promise.reject(fails('backend/unsafe-output')) })
    tab.backend.gets.push(withUrl('https://out.example/1.svg'))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record).toMatchObject({
      status: 'failed',
      error: { code: 'backend/unsafe-output' },
    })
  })

  it.each([1, 2])(
    'that a worker could not place are placed at the second try, else said: fails %i',
    async (times) => {
      const tab = await readyTab(new FakeBrowser())
      const { place } = tab.ports.codec
      let left = times
      const failing: typeof place = async (...job) => {
        const placed = await place(...job)
        if (left-- > 0) throw new AppError('image/decode-timeout')
        return placed
      }
      Object.assign(tab.ports.codec, { place: failing })
      const { outputs } = tab.backend.finished('p1')
      tab.backend.gets.push(
        fakePrediction('p1', 'processing', { outputs }),
        fakePrediction('p1', 'succeeded', { outputs }),
      )
      void tab.app.runner.start()
      await pass(5000)
      const error = times === 1 ? null : { code: 'image/decode-timeout' }
      expect(newestRun(tab).record).toMatchObject({ status: times === 1 ? 'succeeded' : 'failed', error })
    },
  )

  it('are shown while more are made, once each', async () => {
    const tab = await readyTab(new FakeBrowser())
    const image = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(7) }
    const one = { kind: 'pixels', image } as const
    const two = { kind: 'pixels', image: { ...image } } as const
    tab.backend.gets.push(
      fakePrediction('p1', 'processing', { outputs: [one] }),
      fakePrediction('p1', 'processing', { outputs: [one] }),
      fakePrediction('p1', 'succeeded', { outputs: [one, two] }),
    )
    void tab.app.runner.start()
    await pass(700)
    expect(newestRun(tab).stage).toBe('following')
    expect(newestRun(tab).outputs).toHaveLength(1)
    expect(tab.app.view.store.getState().view).toBe('compare')
    await pass(5000)
    expect(newestRun(tab).outputs).toHaveLength(2)
  })

  it('do not take the view from somebody who opened another picture', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(100)
    await openPhoto(tab, 'other.png', 30, 30)
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('succeeded')
    expect(tab.app.view.store.getState().view).toBe('edit')
  })
})

describe('after a reload', () => {
  it('a run that was on is followed, without a create', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(...Array.from({ length: 9 }, () => fakePrediction('p1', 'processing')))
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
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

  it('a tab without the key leaves the run open for one that has it', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(...Array.from({ length: 9 }, () => fakePrediction('p1', 'processing')))
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
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
