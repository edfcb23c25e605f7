import type { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, vi } from 'vitest'
import type { Patch } from '../core/document/document'
import type { PatchEdit } from '../core/document/edits'
import type { Rect } from '../core/geometry'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { RgbaImage } from '../core/image/raster'
import { readMask } from '../core/mask/mask'
import { type App, createApp } from './app'
import { createDeviceModels } from './model/deviceModels'
import { selectValues } from './model/formSelectors'
import { createArchive } from './runs/archive'
import { createRunsRoom, type RunsRoom } from './runs/room'
import type { ReadyOutput, Run } from './runs/runs'
import { createDocuments } from './session/documents'
import { createFraming } from './session/framing'
import { createMasksRoom } from './session/masksRoom'
import { startEditor, startPicture } from './session/openPicture'
import { areasAfter } from './session/frameAreas'
import { frameStep, patchStep } from './session/pictureSteps'
import { createPatchSelection } from './session/patchStore'
import { createPatchesRoom } from './session/patchesRoom'
import { codesOf } from './shell/shell.testkit'
import { createExports } from './share/exports'
import { createShareRoom } from './share/room'
import { processing } from './fakeBackend.testkit'
import type { FakeBrowser } from './fakeBrowser.testkit'
import { fakeFile } from './fakePictures.testkit'
import { type FakeTab, fakeTab } from './fakePorts.testkit'

export interface OpenTab extends FakeTab {
  readonly app: App
  /** Requests of runs; null before the first. */
  readonly queries: () => QueryClient | null
}

/** Runs each test of the file in fake time. */
export function inFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
}

/** Lets fake time pass, and with it everything that waits for it. */
export function pass(ms: number): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(ms)
}

interface TabOptions {
  readonly name?: string
  readonly address?: string
  /** Called before the page starts. */
  readonly prepare?: (tab: FakeTab) => void
}

/** Opens the page in a tab of the browser. @param name of an earlier tab that is reloaded */
export async function openTab(
  browser: FakeBrowser,
  { name, address = 'http://page.example/', prepare }: TabOptions = {},
): Promise<OpenTab> {
  const tab = fakeTab(browser, name)
  prepare?.(tab)
  let room: RunsRoom | null = null
  // Fake timers do not wait for a chunk: every part is there at once.
  const app = createApp(tab.ports, {
    history: () => Promise.resolve({ startPicture, startEditor }),
    documents: () => Promise.resolve(createDocuments),
    deviceModels: () => Promise.resolve(createDeviceModels),
    masks: () => Promise.resolve(createMasksRoom),
    patches: () => Promise.resolve(createPatchesRoom),
    runs: () => Promise.resolve((rooms) => (room = createRunsRoom(rooms))),
    share: () => Promise.resolve(createShareRoom),
    exports: () => Promise.resolve(createExports),
    framing: () => Promise.resolve(createFraming),
    archive: () => Promise.resolve(createArchive),
  })
  void app.start(new URL(address))
  await pass(50)
  return { ...tab, app, queries: () => room?.queries ?? null }
}

/** A tab with a picture, a mask, a prompt and a backend with an address: everything a run needs. */
export async function readyTab(browser: FakeBrowser, name = 'photo.png'): Promise<OpenTab> {
  const tab = await openTab(browser)
  tab.app.settings.set({ backendId: 'replicate', backendUrl: 'https://api.example/v1' })
  await openPhoto(tab, name)
  tab.app.forms.setFields({ prompt: 'a test' })
  paint(tab)
  await pass(300)
  return tab
}

/** A tab as `readyTab`, closed in the middle of a run that its backend goes on with. */
export async function leftRunning(browser: FakeBrowser): Promise<OpenTab> {
  const tab = await readyTab(browser)
  tab.backend.gets.push(...processing(9))
  void tab.app.runner.start()
  await pass(1500)
  browser.close(tab.tab)
  return tab
}

export async function openPhoto(
  { app }: OpenTab,
  name = 'photo.png',
  width = 64,
  height = 48,
): Promise<void> {
  const opening = app.opener.openFile(fakeFile(name, width, height))
  await pass(10)
  await opening
}

/** Makes the pixels of results, as whoever keeps one stores them. */
export function storePixels(browser: FakeBrowser, patches: readonly Patch[]): void {
  for (const { pixels, rect } of patches) {
    browser.sources.set(pixels, fakeFile(pixels, rect.width, rect.height, 2 + (pixels.charCodeAt(0) % 90)))
  }
}

/** Does an edit of the kept results as one step. */
export async function editPatch(
  { app, ports }: OpenTab,
  make: (patches: readonly Patch[]) => PatchEdit,
  command: MaskCommand | null = null,
): Promise<void> {
  const preparing = createPatchesRoom({
    ports,
    messages: app.messages,
    session: app.session,
    selection: createPatchSelection(),
    view: app.view,
    viewport: app.viewport,
    tools: app.tools,
  }).prepare(make)
  await pass(50)
  const change = await preparing
  if (!change) throw new Error('the edit does not fit')
  app.session.change(patchStep(change, command))
}

/** Keeps results on top of the others, a step each. */
export async function keep(tab: OpenTab, browser: FakeBrowser, patches: readonly Patch[]): Promise<void> {
  storePixels(browser, patches)
  for (const patch of patches) {
    await editPatch(tab, ({ length }) => ({ kind: 'patch.add', patch, place: length }))
  }
}

/** Paints a rectangle of the mask. */
export function paint({ app }: OpenTab, x = 10, y = 10, width = 20, height = 16): void {
  app.session.store
    .getState()
    .editor?.apply({ kind: 'rectangle', mode: 'paint', rect: { x, y, width, height } })
}

/** Shows another part of the picture, as one step. */
export async function reframe({ app, ports }: OpenTab, frame: Rect): Promise<void> {
  const edit = { kind: 'frame', frame, mask: [] } as const
  const replaying = areasAfter(ports, app.session.editor()!, edit)
  await pass(50)
  app.session.change(frameStep(edit, await replaying))
}

/** The mask's coverage, summed. */
export function masked({ app }: OpenTab): number {
  const { editor, frame } = app.session.store.getState()
  if (!editor || !frame) return 0
  return readMask(editor.mask, frame).data.reduce((sum, value) => sum + value, 0) / 255
}

/** A run that is over, and its first output. */
interface Result {
  readonly run: Run
  readonly output: ReadyOutput
}

/** The newest run, with its first output. */
export function newestResult(tab: OpenTab): Result {
  const run = newestRun(tab)
  const [output] = run.outputs
  if (output?.kind !== 'ready') throw new Error('no output')
  return { run, output }
}

/** Runs what is open until it is over. */
export async function ran(tab: OpenTab): Promise<Result> {
  void tab.app.runner.start()
  await pass(5000)
  return newestResult(tab)
}

/** Puts an output into the picture. @param keepMask leaves the mask as it is */
export async function apply({ app }: OpenTab, { run, output }: Result, keepMask = false): Promise<void> {
  void app.applyOutput(run, output, keepMask)
  await pass(200)
}

/** Turns the picture. @param degrees clockwise */
export async function turn({ app }: OpenTab, degrees: number): Promise<void> {
  void app.framing.begin()
  await pass(10)
  void app.framing.turn(degrees)
  await pass(100)
  app.view.setFraming(null)
}

/** The pixels of an output. */
export async function cropOf({ crop }: ReadyOutput): Promise<RgbaImage> {
  const reading = crop.read()
  await pass(20)
  return reading
}

/** The prompt in the form. */
export function promptOf({ app }: OpenTab) {
  return selectValues(app.forms.context())['prompt']
}

export function newestRun({ app }: OpenTab) {
  const [run] = app.runs.store.getState().runs
  if (!run) throw new Error('no run')
  return run
}

export function messageCodes({ app }: OpenTab): string[] {
  return codesOf(app.messages)
}
