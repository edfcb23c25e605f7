import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patch, patchList } from '../../core/document/document.testkit'
import { isEqual } from '../../core/document/equality'
import { FakeBrowser } from '../fakePorts.testkit'
import { selectValues } from '../model/formSelectors'
import { selectWriteFailure } from '../runs/writeFailure'
import { captureDocument } from '../session/setup'
import { readPicture } from '../session/patches'
import { patchesOf } from '../session/source'
import {
  inFakeTime,
  keep,
  masked,
  messageCodes,
  newestRun,
  openPhoto,
  type OpenTab,
  openTab,
  paint,
  pass,
  readyTab,
  reframe,
} from '../tab.testkit'

inFakeTime()

const documentOf = ({ app }: OpenTab) => captureDocument(app.session.store.getState(), app.forms.context())

/** Saves what is open, and takes the file to another device. */
async function saved(browser: FakeBrowser, tab: OpenTab): Promise<{ file: File; other: FakeBrowser }> {
  void tab.app.saveProject()
  await pass(500)
  expect(messageCodes(tab)).toContain('project-saved')
  const other = new FakeBrowser()
  other.projects = browser.projects
  return { file: browser.projects.saved.at(-1)!, other }
}

async function open(browser: FakeBrowser, file: File): Promise<OpenTab> {
  const tab = await openTab(browser)
  void tab.app.opener.openFile(file)
  await pass(500)
  return tab
}

async function historyOf(app: OpenTab['app']) {
  const reading = app.documents.history()
  await pass(300)
  return reading
}

type Deed = (tab: OpenTab, browser: FakeBrowser) => Promise<unknown>

/** Something that makes a step, or goes to one. */
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(fc.nat(50), fc.nat(40)).map(([x, y]): Deed => {
    return (tab) => Promise.resolve(paint(tab, x, y, 7, 5))
  }),
  fc.tuple(fc.nat(20), fc.nat(20)).map(([x, y]): Deed => {
    const frame = { x: x - 4, y: y - 4, width: 40, height: 24 }
    return (tab) => reframe(tab, frame)
  }),
  fc.constant<Deed>(({ app }) => Promise.resolve(app.session.undo())),
  fc.constant<Deed>(({ app }) => Promise.resolve(app.session.redo())),
  patch({ x: 0, y: 0, width: 64, height: 48 }).map(
    (one): Deed =>
      (tab, browser) =>
        keep(tab, browser, [one]),
  ),
  fc.constantFrom(90, -90, 7).map((degrees): Deed => {
    return async ({ app }) => {
      void app.framing.begin()
      await pass(10)
      void app.framing.turn(degrees)
      await pass(100)
      app.view.setFraming(null)
    }
  }),
  fc.nat(6).map((step): Deed => {
    return async ({ app }) => {
      await pass(300)
      const { states } = (await historyOf(app))!
      void app.documents.goTo(states[step % states.length].number)
      await pass(300)
    }
  }),
)

const shown = ({ app }: OpenTab) => {
  const { source, frame } = app.session.store.getState()
  return readPicture(source!, frame!)
}

/** What Undo, Redo and the tree of states show. */
async function looked(tab: OpenTab) {
  const { source, frame, regions, sent } = tab.app.session.store.getState()
  const history = await historyOf(tab.app)
  return {
    states: history?.states,
    patches: patchesOf(source!),
    masked: masked(tab),
    frame,
    regions,
    sent,
    viewport: tab.app.viewport.store.getState().viewport,
  }
}

describe('a project file', () => {
  it('brings picture, mask, kept results, form, model and runs to another device; nothing is sent', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.app.chooseModel('black-forest-labs/flux-fill-dev')
    tab.app.models.setPolarity('black-forest-labs/flux-fill-dev', 'black')
    tab.app.forms.setFields({ prompt: 'a blue door', seed: 12 })
    void tab.app.runner.start()
    await pass(20_000)
    const run = newestRun(tab).record
    expect(run.status).toBe('succeeded')
    const [patches] = fc.sample(
      patchList({ x: 0, y: 0, width: 64, height: 48 }).filter((list) => list.length > 1),
      { numRuns: 1, seed: 5 },
    )
    await keep(tab, browser, patches)
    const { file, other } = await saved(browser, tab)
    expect(file.name).toBe('photo.pentimento')

    const there = await open(other, file)
    const [mine, theirs] = [documentOf(tab)!, documentOf(there)!]
    expect(theirs.patches).toEqual(mine.patches)
    expect(theirs.patches).toHaveLength(patches.length)
    expect(masked(there)).toBe(masked(tab))
    expect(isEqual(theirs.frame, mine.frame)).toBe(true)
    expect(selectValues(there.app.forms.context())).toMatchObject({ prompt: 'a blue door', seed: 12 })
    expect(there.app.models.store.getState().polarity).toEqual({ 'black-forest-labs/flux-fill-dev': 'black' })
    // Where to send is this device's own choice.
    expect(there.app.settings.store.getState().backendId).toBe('embedded')
    expect(newestRun(there)).toMatchObject({
      stage: 'done',
      record: { id: run.id, phase: 'done', predictionId: null },
    })
    expect(other.outputs.size).toBe(browser.outputs.size)
    // Nor is it of the next run: one that is brought back leaves the address as it is.
    there.app.settings.set({ backendId: 'replicate', backendUrl: 'https://mine.example/v1' })
    void there.app.history.bringBack(run.id)
    await pass(100)
    expect(there.app.settings.store.getState().backendUrl).toBe('https://mine.example/v1')
    expect(newestRun(there).record.backend.url).toBeNull()
    there.app.session.undo()
    await pass(60_000)
    expect(there.backend.calls).toMatchObject({ create: 0, get: 0, find: 0 })

    there.app.session.undo()
    other.close(there.tab)
    const again = await openTab(other, { name: there.tab })
    await pass(500)
    expect(patchesOf(again.app.session.store.getState().source!)).toEqual(theirs.patches)
  })

  it('brings undo, redo and every branch back, as a reload does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 9 }), async (deeds) => {
        const browser = new FakeBrowser()
        const tab = await readyTab(browser)
        for (const one of deeds) {
          await one(tab, browser)
        }
        await pass(500)
        const { file, other } = await saved(browser, tab)
        const there = await open(other, file)
        const [mine, theirs] = [await looked(tab), await looked(there)]
        expect(theirs).toEqual(mine)
        // What is written on the other device is the same once more.
        other.close(there.tab)
        const again = await openTab(other, { name: there.tab })
        await pass(500)
        expect(await looked(again)).toEqual(theirs)
        // Redo leads where it led before.
        for (const one of [tab, again]) for (let step = 0; step < 12; step++) one.app.session.undo()
        expect([masked(again), shown(again)]).toEqual([masked(tab), shown(tab)])
        for (const one of [tab, again]) for (let step = 0; step < 12; step++) one.app.session.redo()
        expect([await looked(again), shown(again)]).toEqual([await looked(tab), shown(tab)])
      }),
      { numRuns: 25 },
    )
  })

  it('without the picture that its steps start from opens as it is shown', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.framing.begin()
    await pass(10)
    void tab.app.framing.turn(90)
    await pass(100)
    const { file, other } = await saved(browser, tab)
    const { key } = [...browser.documents.summaries.values()][0].base!
    const cut = browser.projects.changed(
      file,
      (text) => text,
      ({ holds }) => holds.kind !== 'pixels' || holds.key !== key,
    )
    other.projects = browser.projects
    const there = await open(other, cut)
    expect([messageCodes(there), shown(there), masked(there)]).toEqual([
      ['project-partial'],
      shown(tab),
      masked(tab),
    ])
  })

  it('holds what no disk would take, and opens where no disk takes it', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    paint(tab, 0, 0, 5, 5)
    tab.app.session.undo()
    paint(tab, 40, 0, 4, 4)
    await pass(500)
    const { file, other } = await saved(browser, tab)
    const there = await openTab(other)
    other.isFull = true
    void there.app.opener.openFile(file)
    await pass(500)
    expect(masked(there)).toBe(20 * 16 + 16)
    there.app.session.undo()
    expect(masked(there)).toBe(20 * 16)
    there.app.session.redo()
    other.isFull = false
    await pass(11_000)
    // Both branches are on disk now: the one that was gone on with, and the one that was not.
    const { states } = await looked(there)
    expect(states?.map(({ number, depth }) => [number, depth])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
      [3, 0],
    ])
  })

  it('holds the outputs of a run that a full disk refused', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    browser.isFull = true
    void tab.app.runner.start()
    await pass(5000)
    expect(selectWriteFailure(tab.app.state.read())).toBe('storage/full')
    const { file, other } = await saved(browser, tab)
    await open(other, file)
    expect([...other.outputs.keys()]).toEqual([`${newestRun(tab).record.id} 0`])
    expect(browser.outputs.size).toBe(0)
    browser.isFull = false
    await pass(20_000)
    expect(selectWriteFailure(tab.app.state.read())).toBeNull()
  })

  it('holds no key', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    tab.ports.vault.saveToken('https://api.example', 'r8_secret', false)
    tab.ports.vault.saveHeaders('https://api.example', 'x-key: r8_secret', false)
    void tab.app.runner.start()
    await pass(20_000)
    const { file } = await saved(browser, tab)
    let manifest = ''
    browser.projects.changed(file, (text) => (manifest = text))
    expect(manifest).toContain('https://api.example/v1')
    expect(manifest).not.toContain('r8_secret')
  })

  it('writes over no run that is here', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(20_000)
    const { file } = await saved(browser, tab)
    const { id } = newestRun(tab).record
    const before = browser.runs.get(id)
    const other = browser.projects.changed(file, (text) =>
      text.replaceAll('"status":"succeeded"', '"status":"failed"'),
    )
    void tab.app.opener.openFile(other)
    await pass(500)
    expect(tab.app.session.store.getState().source?.name).toBe('photo.png')
    expect(browser.runs.get(id)).toEqual(before)
    expect(tab.app.runs.store.getState().runs).toHaveLength(1)
  })

  it.each<[string, string, (browser: FakeBrowser, file: File) => File]>([
    ['is none', 'project/unreadable', () => new File(['PK'], 'a.pentimento')],
    [
      'has lost its picture',
      'project/no-picture',
      ({ projects }, file) =>
        projects.changed(
          file,
          (text) => text,
          ({ holds }) => holds.kind !== 'pixels',
        ),
    ],
    [
      'is about a picture of another size',
      'project/no-picture',
      ({ projects }, file) => projects.changed(file, (text) => text.replace('"width":64', '"width":65')),
    ],
    [
      'is of a newer version',
      'project/newer-version',
      ({ projects }, file) => projects.changed(file, (text) => text.replace('"version":1', '"version":9')),
    ],
  ])('that %s is a message, and the open work stays', async (_what, code, change) => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    const { file } = await saved(browser, tab)
    await openPhoto(tab, 'mine.png')
    paint(tab, 0, 0, 5, 5)
    void tab.app.opener.openFile(change(browser, file))
    await pass(500)
    expect(messageCodes(tab)).toContain(code)
    expect(tab.app.session.store.getState().source?.name).toBe('mine.png')
    expect(masked(tab)).toBe(25)
  })

  it('with damaged runs opens without them, and says how much is missing', async () => {
    const browser = new FakeBrowser()
    const tab = await readyTab(browser)
    void tab.app.runner.start()
    await pass(20_000)
    const { file, other } = await saved(browser, tab)
    const damaged = browser.projects.changed(file, (text) => text.replace('"runs":[{', '"runs":[{"id":1},{'))
    const there = await open(other, damaged)
    expect(messageCodes(there)).toContain('project-partial')
    expect(there.app.runs.store.getState().runs).toHaveLength(1)
    expect(masked(there)).toBe(20 * 16)
  })
})
