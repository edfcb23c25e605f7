import { setTimeout as sleep } from 'node:timers/promises'
import { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import { outputColor } from '../../src/backends/replicate/fakeModel.testkit'
import type { Mounted } from '../../src/backends/replicate/fakeMount.testkit'
import type { RgbaImage } from '../../src/core/image/raster'
import type { App } from '../../src/state/app'
import { FakeBrowser } from '../../src/state/fakeBrowser.testkit'
import type { Run } from '../../src/state/runs/runs'
import { FaultServer } from './faultServer'
import { MASK, openNodeTab } from './nodeTab'

const TABS = 12
/** As the real ones, at a fifth of their length: a mix of faults takes a minute instead of five. */
const POLL_MS = [100, 1000] as const
/** A run that is not over by then is lost, ms. */
const DEADLINE_MS = 90_000
/** How often the user sends again what surely did not start, and fetches an output again. */
const MAX_CLICKS = 5

const NO_PICTURE: ReadonlySet<string> = new Set(['backend/unsafe-output', 'image/damaged'])

export interface MixResult {
  readonly seed: number
  readonly predictions: number
  readonly right: number
  readonly clearErrors: number
  /** Of the clear errors, those of a prediction whose host twice gave a whole answer that was no picture. */
  readonly noPicture: number
  readonly lost: number
  readonly duplicates: number
  readonly earlyPolls: number
  readonly latePolls: number
  readonly requests: number
  readonly spoilt: number
  readonly seconds: number
  /** What became of those that are lost. */
  readonly problems: readonly string[]
}

type Ending = 'right' | 'clear error' | 'no picture' | { readonly lost: string }

/** Runs predictions through a seeded mix of faults; a user answers what the page asks. */
export async function runFaultMix(seed: number, predictions: number): Promise<MixResult> {
  const start = performance.now()
  const fake = new FakeReplicate()
  await fake.start()
  const faults = new FaultServer(fake.origin, seed)
  await faults.start()
  const api = fake.mount({ statuses: ['starting', 'processing', 'processing', 'succeeded'] })
  const base = api.base.replace(fake.origin, faults.origin)
  const browsers = Array.from({ length: TABS }, () => new FakeBrowser())
  const endings: Ending[] = []
  const clicks = { resend: 0 }
  let next = 0
  await Promise.all(
    browsers.map(async (browser) => {
      const app = await openNodeTab(browser, base, { pollMs: POLL_MS })
      while (next < predictions) {
        const prompt = `prediction ${next++} of seed ${seed}`
        endings.push(await predict({ app, api, faults, clicks }, prompt))
      }
    }),
  )
  await faults.stop()
  await fake.stop()
  const made = new Map<unknown, number>()
  for (const { input } of api.predictions.values())
    made.set(input['prompt'], (made.get(input['prompt']) ?? 0) + 1)
  const twice = [...made.values()].reduce((sum, count) => sum + count - 1, 0)
  // Every create that arrived was a click, a resend by the user's word, or followed a refusal.
  const unasked = Math.max(0, api.creates().length - predictions - clicks.resend)
  const problems = endings.flatMap((ending) => (typeof ending === 'string' ? [] : [ending.lost]))
  const { earlyPolls, latePolls, requests, spoilt } = faults.counts
  return {
    seed,
    predictions: endings.length,
    right: endings.filter((ending) => ending === 'right').length,
    clearErrors: endings.filter((ending) => ending === 'clear error' || ending === 'no picture').length,
    noPicture: endings.filter((ending) => ending === 'no picture').length,
    lost: problems.length,
    duplicates: Math.max(twice, unasked),
    earlyPolls,
    latePolls,
    requests,
    spoilt,
    seconds: (performance.now() - start) / 1000,
    problems,
  }
}

const newest = (app: App): Run | undefined => app.runs.store.getState().runs[0]

interface Scene {
  readonly app: App
  readonly api: Mounted
  readonly faults: FaultServer
  readonly clicks: { resend: number }
}

async function predict({ app, api, faults, clicks }: Scene, prompt: string): Promise<Ending> {
  app.view.showEdit()
  app.forms.setFields({ prompt })
  const before = newest(app)?.record.id
  void app.runner.start()
  const deadline = performance.now() + DEADLINE_MS
  let resends = 0
  while (performance.now() < deadline) {
    await sleep(20)
    const run = newest(app)
    if (!run || run.record.id === before || run.stage !== 'unclear') {
      if (run && run.record.id !== before && run.stage === 'done') break
      continue
    }
    // The page has asked, and shown that the list has nothing: the user says what to do.
    if (await isStillUnclear(app, run)) {
      const again = resends++ < MAX_CLICKS && !isMade(api, prompt)
      if (again) clicks.resend++
      app.runner.answer(run.record.id, again ? 'resend' : 'leave')
    }
  }
  const run = newest(app)
  if (!run || run.record.id === before) return { lost: `${prompt}: was not started` }
  for (let i = 0; i < MAX_CLICKS && canFetch(run.record.id, app); i++)
    await app.runner.retryOutput(run.record.id, 0)
  for (let i = 0; i < MAX_CLICKS && isUnread(app); i++) {
    // A click on its card asks for it again.
    faults.reopen(run.record.predictionId ?? '?')
    await app.history.look(run.record.id)
    await sleep(300)
    for (let waited = 0; waited < DEADLINE_MS && newest(app)?.stage !== 'done'; waited += 50) await sleep(50)
  }
  return endingOf(newest(app) ?? run, { made: isMade(api, prompt), faults }, prompt)
}

/** After the time that the page takes for its own checks of the list. */
async function isStillUnclear(app: App, { record }: Run): Promise<boolean> {
  for (let waited = 0; waited < 25_000; waited += 100) {
    await sleep(100)
    if (app.runs.byId(record.id)?.stage !== 'unclear') return false
  }
  return true
}

const isMade = ({ predictions }: Mounted, prompt: string) =>
  [...predictions.values()].some(({ input }) => input['prompt'] === prompt)

const canFetch = (id: string, app: App) =>
  app.runs.byId(id)?.outputs.some((output) => output.kind === 'failed' && output.retry !== null) ?? false

/** Its host has said twice that there is no picture. */
function isUnread(app: App): boolean {
  const record = newest(app)?.record
  return record?.status === 'failed' && NO_PICTURE.has(record.error?.code ?? '')
}

async function endingOf(
  { stage, record, outputs, source }: Run,
  { made, faults }: { readonly made: boolean; readonly faults: FaultServer },
  prompt: string,
): Promise<Ending> {
  const told = `${prompt}: ${stage}, ${record.status}, ${record.error?.code ?? 'no error'}`
  if (stage !== 'done') return { lost: told }
  const [output] = outputs
  if (record.status === 'succeeded' && output?.kind === 'ready' && source) {
    return isRight(source.pixels, await output.crop.read(), output.rect)
      ? 'right'
      : { lost: `${told}, wrong pixels` }
  }
  if (record.status !== 'failed' || !record.error) return { lost: told }
  if (!made) return 'clear error'
  // What was paid for has to come, unless its host says twice that there is no picture.
  const isGone = NO_PICTURE.has(record.error.code)
  const answers = [...faults.noPictures].find(([path]) => path.includes(record.predictionId ?? '?'))?.[1] ?? 0
  return isGone && answers >= 2 ? 'no picture' : { lost: told }
}

/** The model's colour where it was masked, the picture's own bytes elsewhere. */
function isRight(picture: RgbaImage, crop: RgbaImage, at: { x: number; y: number }): boolean {
  const color = outputColor(0)
  for (let y = 0; y < crop.height; y++) {
    for (let x = 0; x < crop.width; x++) {
      const [px, py] = [at.x + x, at.y + y]
      const isMasked = px >= MASK.x && px < MASK.x + MASK.width && py >= MASK.y && py < MASK.y + MASK.height
      for (let c = 0; c < 3; c++) {
        const wanted = isMasked ? color[c] : picture.data[(py * picture.width + px) * 4 + c]
        if (crop.data[(y * crop.width + x) * 4 + c] !== wanted) return false
      }
    }
  }
  return true
}
