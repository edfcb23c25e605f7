import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Mounted } from '../../src/backends/replicate/fakeMount.testkit'
import { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import { Random } from '../../src/engine/random'
import { type Death, KillSession } from './killSession'

/** Where in a session the end comes; it is that of the tab in one half, of the browser in the other. */
const PHASES = ['drawing', 'painted', 'preparing', 'creating', 'polling', 'saving', 'keeping'] as const
const POINTS_A_PHASE = 4
/** A finished step is on disk within this, ms. */
const WRITTEN_MS = 250
/** A stroke that lasts is on disk this long after it was drawn, ms. */
const DRAWN_MS = 500 + WRITTEN_MS
/** The end comes within this after the phase has begun, ms: for a stroke that lasts until it is surely on disk. */
const MAX_DELAY_MS = 600
const MAX_DRAWING_MS = 1600
const CREATE_MS = 300
const OUTPUT_MS = 200
/** What was paid for has to be back within this, ms. */
const RESUME_MS = 45_000
const STROKES = 3
const PROMPT = 'a red door, open'

type Phase = (typeof PHASES)[number]

interface Point {
  readonly phase: Phase
  readonly how: Death
  /** From the beginning of the phase, ms. */
  readonly delay: number
}

export interface KillResult extends Point {
  /** What went wrong; empty where nothing did. */
  readonly problems: readonly string[]
  readonly creates: number
  readonly seconds: number
}

/** What every session comes to where nothing ends it. */
interface Reference {
  /** After each stroke. */
  readonly masks: readonly Uint8Array[]
  readonly before: Uint8Array
  readonly after: Uint8Array
}

const isSame = (a: Uint8Array, b: Uint8Array | undefined) => b !== undefined && Buffer.compare(a, b) === 0

/** True where a mask lies between two: what was being drawn may be there in part. */
const isBetween = (mask: Uint8Array, low: Uint8Array, high: Uint8Array) =>
  mask.every((value, i) => value >= (low[i] ?? 0) && value <= (high[i] ?? 255))

function pointsOf(seed: number): Point[] {
  const random = new Random(seed)
  return PHASES.flatMap((phase) =>
    Array.from({ length: POINTS_A_PHASE }, (_, place): Point => {
      const how = place % 2 ? 'kill' : 'crash'
      return { phase, how, delay: random.below(phase === 'drawing' ? MAX_DRAWING_MS : MAX_DELAY_MS) }
    }),
  )
}

/** Ends sessions at seeded points, opens them again and compares what is there with what was there. */
export async function runKills(address: string, seed: number): Promise<KillResult[]> {
  const fake = new FakeReplicate()
  await fake.start()
  const folder = await mkdtemp(join(tmpdir(), 'pentimento-kills-'))
  let sessions = 0
  const open = async () => {
    const session = new KillSession(join(folder, String(sessions++)), address)
    await session.launch()
    return session
  }
  const mount = (onOutput: () => void) =>
    fake.mount({
      statuses: ['processing', 'processing', 'succeeded'],
      createMs: CREATE_MS,
      onOutput({ response, headers }, png) {
        onOutput()
        setTimeout(
          () => response.writeHead(200, { ...headers, 'content-type': 'image/png' }).end(png),
          OUTPUT_MS,
        )
        return true
      },
    })
  try {
    const whole = await open()
    const reference = await referenceOf(
      whole,
      mount(() => {}),
    )
    await whole.close()
    const results: KillResult[] = []
    for (const point of pointsOf(seed)) {
      const start = performance.now()
      const session = await open()
      const asked = { output: false }
      const api = mount(() => {
        asked.output = true
      })
      const problems: string[] = []
      try {
        const sinceStroke = await playTo(session, api, point, () => asked.output)
        const creates = api.creates().length
        await session.reopen(point.how)
        problems.push(...(await compare(session, api, point, { reference, sinceStroke, creates })))
      } catch (error) {
        problems.push(String(error).split('\n', 3).join(' '))
      } finally {
        await session.close().catch(() => {})
      }
      results.push({
        ...point,
        problems,
        creates: api.creates().length,
        seconds: (performance.now() - start) / 1000,
      })
    }
    return results
  } finally {
    await fake.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function referenceOf(session: KillSession, api: Mounted): Promise<Reference> {
  await session.begin(api.base, PROMPT)
  const masks = [await session.mask()]
  for (let number = 0; number < STROKES; number++) {
    await session.stroke(number)
    masks.push(await session.mask())
  }
  const before = await session.pixels()
  await session.run()
  await session.apply()
  await session.applied()
  return { masks, before, after: await session.pixels() }
}

/** Plays a session up to its end. @returns how long ago the last stroke was done, ms */
async function playTo(
  session: KillSession,
  api: Mounted,
  { phase, how, delay }: Point,
  isOutputAsked: () => boolean,
): Promise<number> {
  await session.begin(api.base, PROMPT)
  for (let number = 0; number < STROKES - 1; number++) await session.stroke(number)
  await session.stroke(STROKES - 1, phase !== 'drawing')
  const since = performance.now()
  if (phase !== 'drawing' && phase !== 'painted') {
    await session.run()
    if (phase === 'creating') await until(() => api.creates().length > 0)
    if (phase === 'polling') await until(() => api.looks().length > 0)
    if (phase === 'saving') await until(isOutputAsked)
    if (phase === 'keeping') await session.apply()
  }
  await sleep(delay)
  const passed = performance.now() - since
  await session.die(how)
  return passed
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + RESUME_MS
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('the session did not get to its point')
    await sleep(5)
  }
}

async function compare(
  session: KillSession,
  api: Mounted,
  { phase, delay }: Point,
  found: { readonly reference: Reference; readonly sinceStroke: number; readonly creates: number },
): Promise<string[]> {
  const { masks, before, after } = found.reference
  const last = masks[STROKES]!
  const earlier = masks[STROKES - 1]!
  const problems: string[] = []
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  check((await session.prompt()) === PROMPT, 'the prompt is another')
  const isPaid = api.creates().length > 0
  const isBack = !isPaid || (await session.isRunDone(RESUME_MS))
  check(isBack, 'a paid run is lost')
  // A run that has come back may have opened Compare, whose export is the output.
  if (isPaid) await session.edit()
  const mask = await session.mask()
  const shown = await session.pixels()
  const isApplied = isSame(shown, after)
  if (phase === 'drawing') {
    check(isBetween(mask, earlier, last), 'a stroke is lost')
    if (delay > DRAWN_MS) check(!isSame(mask, earlier), 'nothing of a long stroke is there')
  } else if (isApplied)
    check(
      mask.every((value) => value === 0),
      'the mask is not what Apply left',
    )
  else {
    const isWritten = found.sinceStroke > WRITTEN_MS
    check(isSame(mask, last) || (!isWritten && isSame(mask, earlier)), 'the mask is another')
  }
  check(isApplied || isSame(shown, before), 'the picture is neither with nor without the result')
  if (phase === 'keeping') check(isApplied || delay < WRITTEN_MS, 'a kept result is lost')
  if (isPaid && isBack && !isApplied) {
    await session.apply()
    await session.applied()
    check(isSame(await session.pixels(), after), 'the result has other pixels')
  }
  check(api.creates().length === found.creates, 'a run was sent again')
  return problems
}
