import { describe, expect, it } from 'vitest'
import { fails, fakePrediction } from '../fakeBackend.testkit'
import { FakeBrowser, fakeFile, fakeImage } from '../fakePorts.testkit'
import { intersectRect } from '../../core/geometry'
import { readRunRecord, type RunRecord } from '../../core/document/codec/recordCodec'
import { selectValues } from '../model/formSelectors'
import type { ReadyOutput } from './runs'
import { selectCanCompare, selectLookedRun } from './selection'
import {
  inFakeTime,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  openTab,
  type OpenTab,
  paint,
  pass,
  readyTab,
} from '../tab.testkit'

inFakeTime()

const processing = (count: number) => Array.from({ length: count }, () => fakePrediction('p1', 'processing'))

describe('a run that is not over', () => {
  it('is followed at the next visit however many newer ones there are', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(...processing(3))
    void first.app.runner.start()
    await pass(1500)
    const { id } = newestRun(first).record
    browser.close(first.tab)
    const stored = browser.runs.get(id) as RunRecord
    for (let k = 0; k < 60; k++) {
      const newer = {
        ...stored,
        id: `newer-${k}`,
        createdAt: `2099-01-01T00:00:${String(k).padStart(2, '0')}.000Z`,
      }
      browser.runs.set(newer.id, { ...newer, phase: 'done', status: 'canceled', predictionId: null })
    }
    const other = await openTab(browser)
    await pass(60_000)
    expect(other.app.runs.byId(id)?.record.status).toBe('succeeded')
    expect(other.backend.calls.create).toBe(0)
  })
})

describe('a stored run', () => {
  it('is listed at the next visit and brings picture, mask, form and backend back', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.app.forms.setFields({ prompt: 'a red door' })
    void first.app.runner.start()
    await pass(5000)
    browser.close(first.tab)
    const other = await openTab(browser)
    other.app.settings.set({ backendId: 'embedded' })
    void other.app.history.bringBack(newestRun(other).record.id)
    await pass(50)
    expect(masked(other)).toBe(20 * 16)
    expect(other.app.session.store.getState().source?.name).toBe('photo.png')
    expect(promptOf(other)).toBe('a red door')
    expect(other.app.settings.store.getState()).toMatchObject({
      backendId: 'replicate',
      backendUrl: 'https://api.example/v1',
    })
    expect(other.app.view.store.getState().view).toBe('edit')
  })

  it.each(['the hole', 'the region, as stored before'])(
    'shows outputs of %s where they lie',
    async (part) => {
      const browser = new FakeBrowser()
      const first = await readyTab(browser)
      void first.app.runner.start()
      await pass(5000)
      const { record, outputs } = newestRun(first)
      const made = outputs[0] as ReadyOutput
      let { rect } = made
      expect(record.outputRect).toEqual(rect)
      browser.close(first.tab)
      if (part !== 'the hole') {
        const { outputRect: _, ...earlier } = browser.runs.get(record.id)!
        browser.runs.set(record.id, earlier)
        rect = intersectRect(record.region, record.document.frame)
        browser.outputs.set(`${record.id} 0`, fakeFile('0.png', rect.width, rect.height))
      }
      const later = await openTab(browser)
      void later.app.history.look(record.id)
      await pass(50)
      expect(newestRun(later).outputs[0]).toMatchObject({ kind: 'ready', rect, whole: false })
    },
  )

  it('that is compared keeps its pictures when another run ends', async () => {
    const tab = await readyTab(new FakeBrowser())
    for (let i = 0; i < 5; i++) {
      tab.backend.creates.push(fakePrediction(`p${i}`, 'starting'))
      void tab.app.runner.start()
      await pass(5000)
    }
    const oldest = tab.app.runs.store.getState().runs.at(-1)!.record.id
    void tab.app.history.look(oldest)
    await pass(50)
    tab.backend.creates.push(fakePrediction('p5', 'failed'))
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.status).toBe('failed')
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: oldest })
    expect(tab.app.runs.byId(oldest)!.outputs).toHaveLength(1)
    const { levels } = tab.app.runs.byId(oldest)!.outputs[0] as ReadyOutput
    expect(levels.every((level) => tab.bitmaps.has(level))).toBe(true)
  })

  it('with one damaged output opens with the others', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { outputs } = tab.backend.finished('p1')
    tab.backend.creates.push(fakePrediction('p1', 'succeeded', { outputs: [...outputs, ...outputs] }))
    void tab.app.runner.start()
    await pass(5000)
    const { id } = newestRun(tab).record
    browser.outputs.set(`${id} 0`, new Blob(['damaged']))
    browser.close(tab.tab)
    const other = await openTab(browser)
    void other.app.history.look(id)
    await pass(50)
    expect(newestRun(other).outputs.map(({ kind }) => kind)).toEqual(['failed', 'ready'])
    expect(other.app.view.store.getState()).toMatchObject({ view: 'compare', runId: id })
  })

  it('is followed while the picture of a link is on its way', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    first.backend.gets.push(...processing(9))
    void first.app.runner.start()
    await pass(1500)
    browser.close(first.tab)
    const again = await openTab(browser, {
      address: 'http://page.example/?image=https://slow.example/a.png',
      prepare: ({ ports }) => Object.assign(ports.network, { fetchImage: () => new Promise(() => {}) }),
    })
    await pass(3000)
    expect(again.app.session.store.getState().opening).toBe('https://slow.example/a.png')
    expect(newestRun(again).record).toMatchObject({ status: 'succeeded', phase: 'done' })
  })

  it('of another tab is listed where it starts while the list is read', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    one.backend.gets.push(...processing(9))
    const other = await openTab(browser, {
      prepare({ ports }) {
        const { newestRuns } = ports.runs
        Object.assign(ports.runs, {
          newestRuns: async (max: number) => {
            const read = await newestRuns(max)
            await new Promise((resolve) => setTimeout(resolve, 1000))
            return read
          },
        })
      },
    })
    void one.app.runner.start()
    await pass(3000)
    expect(newestRun(other)).toMatchObject({ stage: 'elsewhere' })
  })

  it('whose output was no picture is asked for again when it is opened', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { fetchOutput } = tab.ports.network
    Object.assign(tab.ports.network, {
      fetchOutput: () => Promise.reject(fails('backend/unsafe-output', { whole: 1 })),
    })
    const finished = fakePrediction('p1', 'succeeded', {
      outputs: [{ kind: 'url', url: 'https://out.example/1.png' }],
    })
    tab.backend.gets.push(finished, finished)
    void tab.app.runner.start()
    await pass(10_000)
    const { id } = newestRun(tab).record
    expect(newestRun(tab).record).toMatchObject({ status: 'failed', phase: 'done', predictionId: 'p1' })
    Object.assign(tab.ports.network, { fetchOutput })
    tab.web.set('https://out.example/1.png', fakeImage(64, 64))
    void tab.app.history.look(id)
    await pass(5000)
    expect(newestRun(tab)).toMatchObject({ stage: 'done', record: { status: 'succeeded', phase: 'done' } })
    expect(newestRun(tab).outputs[0]?.kind).toBe('ready')
    expect(tab.backend.calls.create).toBe(1)
  })

  it('that the backend failed is not asked for again', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.gets.push(fakePrediction('p1', 'failed', { error: fails('backend/run-failed').data }))
    void tab.app.runner.start()
    await pass(5000)
    const { get } = tab.backend.calls
    void tab.app.history.look(newestRun(tab).record.id)
    await pass(5000)
    expect(tab.backend.calls.get).toBe(get)
  })

  it('keeps how a link names its picture', async () => {
    const browser = new FakeBrowser()
    const tab = await openTab(browser)
    tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
    tab.web.set('https://pictures.example/a.png', fakeImage(40, 40))
    void tab.app.opener.openUrl('https://pictures.example/a.png')
    await pass(50)
    tab.app.forms.setFields({ prompt: 'a test' })
    paint(tab)
    void tab.app.runner.start()
    await pass(5000)
    expect(newestRun(tab).record.document.base.link).toEqual({
      kind: 'url',
      url: 'https://pictures.example/a.png',
    })
  })

  it('whose model is gone leaves the form alone and says so', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(5000)
    const { record } = newestRun(tab)
    const setup = { ...record.document.setup, model: 'gone/model' }
    tab.app.runs.update(record.id, { record: { ...record, document: { ...record.document, setup } } })
    tab.app.forms.setFields({ prompt: 'mine' })
    void tab.app.history.replay(record.id)
    await pass(5000)
    expect(messageCodes(tab)).toContain('model-gone')
    expect(tab.backend.calls.create).toBe(1)
    expect(Object.values(tab.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'mine' })
  })

  it('whose picture is gone starts nothing when it is run again', async () => {
    const browser = new FakeBrowser()
    const first = await readyTab(browser)
    void first.app.runner.start()
    await pass(5000)
    browser.close(first.tab)
    browser.sources.clear()
    const other = await openTab(browser)
    await openPhoto(other, 'mine.png', 30, 30)
    paint(other)
    void other.app.history.replay(newestRun(other).record.id)
    await pass(5000)
    expect(other.backend.calls.create).toBe(0)
    expect(other.app.session.store.getState().source?.name).toBe('mine.png')
    expect(messageCodes(other)).toContain('image/unreadable')
  })

  it('runs again with its inputs', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.app.forms.setFields({ prompt: 'first' })
    void tab.app.runner.start()
    await pass(5000)
    tab.app.forms.setFields({ prompt: 'second' })
    void tab.app.history.replay(newestRun(tab).record.id)
    await pass(5000)
    expect(tab.backend.inputs.map(({ params }) => params['prompt'])).toEqual(['first', 'first'])
  })
})

describe('a run that is looked at', () => {
  /** Two runs of two pictures, with 'third.png' open, masked and prompted. */
  const withTwoRuns = async () => {
    const tab = await readyTab(new FakeBrowser(), 'one.png')
    for (const [name, prompt] of [
      ['one.png', 'a door'],
      ['two.png', 'a window'],
    ] as const) {
      if (name !== 'one.png') await openPhoto(tab, name)
      paint(tab)
      tab.app.forms.setFields({ prompt })
      tab.backend.creates.push(fakePrediction(name, 'starting'))
      void tab.app.runner.start()
      await pass(5000)
    }
    await openPhoto(tab, 'third.png', 40, 40)
    paint(tab, 1, 2, 3, 4)
    tab.app.forms.setFields({ prompt: 'typed since' })
    tab.app.settings.set({ backendId: 'embedded' })
    for (const { id } of tab.app.messages.store.getState().messages) tab.app.messages.dismiss(id)
    const [two, one] = tab.app.runs.store.getState().runs.map(({ record }) => record.id)
    return { tab, one, two }
  }
  const workOf = (tab: OpenTab) => {
    const { session, forms, settings } = tab.app.state.read()
    const { source, frame, editor, before } = session
    return { source, frame, before, commands: editor?.commands, canUndo: editor?.canUndo, forms, settings }
  }

  it('leaves picture, mask, undo, form and backend as they are, in any order of looks', async () => {
    const { tab, one, two } = await withTwoRuns()
    const before = workOf(tab)
    for (const id of [one, two, two, one]) {
      tab.app.runs.update(id, { source: null, outputs: [] })
      void tab.app.history.look(id)
      await pass(50)
      expect(tab.app.view.store.getState()).toMatchObject({ view: 'compare', runId: id, looking: true })
      // "Original" is the run's own picture.
      expect(tab.app.runs.byId(id)?.source?.name).toBe(id === one ? 'one.png' : 'two.png')
      expect(tab.app.runs.byId(id)?.outputs).toHaveLength(1)
      expect(workOf(tab)).toEqual(before)
    }
    expect(messageCodes(tab)).toEqual([])
  })

  it('is the last one that was pressed, however long the others take', async () => {
    const { tab, one, two } = await withTwoRuns()
    for (const id of [one, two]) tab.app.runs.update(id, { source: null, outputs: [] })
    tab.delays.decode = 800
    void tab.app.history.look(one)
    await pass(5)
    tab.delays.decode = 20
    void tab.app.history.look(two)
    await pass(3000)
    expect(tab.app.view.store.getState()).toMatchObject({ runId: two, coming: null })
  })

  it('does not come over a picture that was opened meanwhile', async () => {
    const { tab, one } = await withTwoRuns()
    tab.app.runs.update(one, { source: null, outputs: [] })
    tab.delays.decode = 800
    void tab.app.history.look(one)
    await pass(5)
    tab.delays.decode = 20
    void tab.app.opener.openFile(fakeFile('fourth.png'))
    await pass(3000)
    expect(tab.app.view.store.getState()).toMatchObject({ view: 'edit', coming: null })
  })

  it('has a zoom of its own; the open picture’s comes back', async () => {
    const { tab, one, two } = await withTwoRuns()
    const { view, viewport } = tab.app
    const close = { x: 3, y: 4, zoom: 5 } as unknown as ReturnType<typeof viewport.store.getState>['viewport']
    viewport.set(close)
    for (const id of [one, two]) {
      void tab.app.history.look(id)
      await pass(50)
      expect(viewport.store.getState().viewport).toBeNull()
    }
    view.showEdit()
    expect(viewport.store.getState().viewport).toBe(close)
  })

  it('is shown without outputs where it has failed', async () => {
    const tab = await readyTab(new FakeBrowser())
    tab.backend.creates.push(fakePrediction('p1', 'failed', { error: fails('backend/run-failed').data }))
    void tab.app.runner.start()
    await pass(5000)
    tab.app.view.showEdit()
    void tab.app.history.look(newestRun(tab).record.id)
    await pass(50)
    expect(selectCanCompare(tab.app.state.read())).toBe(true)
    expect(selectLookedRun(tab.app.state.read())?.record.error?.code).toBe('backend/run-failed')
  })

  it('is restored; one Undo returns to what was open, prompt and backend included', async () => {
    const { tab, one } = await withTwoRuns()
    const { source, commands, settings } = workOf(tab)
    void tab.app.history.look(one)
    await pass(50)
    void tab.app.history.bringBack(one)
    await pass(50)
    expect(workOf(tab).source?.name).toBe('one.png')
    expect(promptOf(tab)).toBe('a door')
    expect(tab.app.settings.store.getState().backendId).toBe('replicate')
    expect(messageCodes(tab)).toEqual(['restored'])
    tab.app.session.undo()
    expect(workOf(tab)).toMatchObject({ source, commands, settings })
    expect(promptOf(tab)).toBe('typed since')
    expect(masked(tab)).toBe(12)
  })

  it('of the open picture is restored with its mask in one step', async () => {
    const tab = await readyTab(new FakeBrowser())
    void tab.app.runner.start()
    await pass(5000)
    tab.app.session.store.getState().editor!.apply({ kind: 'clear' })
    paint(tab, 0, 0, 5, 5)
    void tab.app.history.bringBack(newestRun(tab).record.id)
    await pass(50)
    expect(masked(tab)).toBe(20 * 16)
    tab.app.session.undo()
    expect(masked(tab)).toBe(25)
  })

  it('of an older version of the page opens too', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.forms.setFields({ prompt: 'long ago' })
    void tab.app.runner.start()
    await pass(5000)
    browser.close(tab.tab)
    const [record] = browser.runs.values()
    browser.runs.set(record.id, readRunRecord(asVersion1(record))!)
    const again = await openTab(browser)
    const { id } = newestRun(again).record
    void again.app.history.look(id)
    await pass(50)
    expect(newestRun(again).outputs[0]?.kind).toBe('ready')
    void again.app.history.bringBack(id)
    await pass(50)
    expect(masked(again)).toBe(20 * 16)
    expect(promptOf(again)).toBe('long ago')
    expect(again.app.settings.store.getState().modelVersion).toBe('')
  })
})

/** As the first version of the page wrote it. */
function asVersion1({ document, rawOutputs: _raw, version: _version, ...rest }: RunRecord): unknown {
  const { base, commands, setup } = document
  const { link: _link, ...source } = base
  return { ...rest, version: 1, source, commands, model: setup.model, params: setup.params }
}

function promptOf(tab: OpenTab) {
  return selectValues(tab.app.forms.context())['prompt']
}

describe('several tabs', () => {
  it('list each other’s runs; one polls', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await openTab(browser)
    one.backend.gets.push(...processing(5))
    void one.app.runner.start()
    await pass(1000)
    expect(newestRun(two)).toMatchObject({ stage: 'elsewhere' })
    await pass(30_000)
    expect(two.backend.calls.get).toBe(0)
    expect(newestRun(two).record.status).toBe('succeeded')
    expect(browser.runs.size).toBe(1)
  })

  it('take over the run of a closed tab within 5 s', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await openTab(browser)
    one.backend.gets.push(...processing(50))
    void one.app.runner.start()
    await pass(3000)
    browser.close(one.tab)
    await pass(5000)
    expect(two.backend.calls.get).toBeGreaterThan(0)
    expect(two.backend.calls.create).toBe(0)
    expect(newestRun(two).record.status).toBe('succeeded')
  })

  it('five of them follow one run once', async () => {
    const browser = new FakeBrowser()
    const tabs = [await readyTab(browser)]
    for (let i = 0; i < 4; i++) tabs.push(await openTab(browser))
    tabs[0].backend.gets.push(...processing(50))
    void tabs[0].app.runner.start()
    await pass(3000)
    browser.close(tabs[0].tab)
    await pass(20_000)
    const polling = tabs.slice(1).filter(({ backend }) => backend.calls.get > 0)
    expect(polling).toHaveLength(1)
    for (const tab of tabs.slice(1)) expect(newestRun(tab).record.status).toBe('succeeded')
  })

  it('have a form and a mask each, after a reload too', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    const two = await readyTab(browser, 'other.png')
    one.app.forms.setFields({ prompt: 'of one' })
    two.app.forms.setFields({ prompt: 'of two' })
    paint(two, 0, 0, 4, 4)
    await pass(1000)
    browser.close(one.tab)
    browser.close(two.tab)
    const again = await openTab(browser, { name: one.tab })
    expect(again.app.session.store.getState().source?.name).toBe('photo.png')
    expect(Object.values(again.app.forms.store.getState().values)[0]).toMatchObject({ prompt: 'of one' })
    expect(masked(again)).toBe(20 * 16)
  })

  it('a new one starts with the last used backend and model, and an empty form', async () => {
    const browser = new FakeBrowser()
    const one = await readyTab(browser)
    one.app.chooseModel('black-forest-labs/flux-fill-dev')
    one.app.forms.setFields({ prompt: 'private' })
    await pass(1000)
    const two = await openTab(browser)
    expect(two.app.settings.store.getState()).toMatchObject({
      backendId: 'replicate',
      backendUrl: 'https://api.example/v1',
      modelId: 'black-forest-labs/flux-fill-dev',
    })
    expect(two.app.forms.store.getState().values).toEqual({})
  })
})
