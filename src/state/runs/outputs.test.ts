import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { fails, fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { fakeImage } from '../fakePictures.testkit'
import { inFakeTime, newestRun, openPhoto, pass, readyTab } from '../tab.testkit'

inFakeTime()

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
    tab.web.set('https://out.example/1.png', fakeImage(width, height))
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

  it('that come after their run was deleted leave no bitmap open', async () => {
    const tab = await readyTab(new FakeBrowser())
    const { fetchOutput } = tab.ports.network
    Object.assign(tab.ports.network, {
      fetchOutput: () => Promise.reject(fails('backend/output-unreadable')),
    })
    const url = 'https://out.example/1.png'
    tab.backend.gets.push(withUrl(url))
    void tab.app.runner.start()
    await pass(10_000)
    const { width, height } = tab.backend.output
    tab.web.set(url, fakeImage(width, height))
    Object.assign(tab.ports.network, { fetchOutput })
    const { id } = newestRun(tab).record
    const before = tab.bitmaps.size
    tab.delays.decode = 500
    void tab.app.runner.retryOutput(id, 0)
    await pass(100)
    tab.app.runs.remove([id], tab.app.session.bases())
    await pass(2000)
    expect(tab.bitmaps.size).toBe(before)
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
