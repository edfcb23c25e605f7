import { createHash } from 'node:crypto'
import type { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import { eachPoint, type PointResult } from './eachPoint'
import type { KillSession } from './killSession'

/** What the page has in memory is on disk again this long after its first write, at the latest, ms. */
const WRITTEN_MS = 3000
const SAID_MS = 8000
const PROMPT = 'a red door, open'

interface ClearedPoint {
  readonly name: string
  /** Brings the session to where its storage is cleared. */
  prepare(session: KillSession): Promise<void>
  /** What has the page write after that; a stroke unless given. */
  change?(session: KillSession): Promise<void>
  /** What has to be stored at the end, by store. */
  readonly stored: Readonly<Record<string, number>>
}

async function ran(session: KillSession): Promise<void> {
  await session.stroke(0)
  await session.run()
  if (!(await session.isRunDone(20_000))) throw new Error('the run did not end')
}

const POINTS: readonly ClearedPoint[] = [
  {
    name: 'strokes, the last one undone',
    async prepare(session) {
      await session.stroke(0)
      await session.stroke(1)
      await session.undo()
    },
    // A stroke would end what Redo does.
    change: (session) => session.undo(),
    stored: { documents: 1, sources: 1, steps: 2 },
  },
  {
    name: 'a run of this visit',
    prepare: ran,
    stored: { documents: 1, runs: 1, outputs: 1, thumbnails: 1 },
  },
  {
    name: 'a result in the picture',
    async prepare(session) {
      await ran(session)
      await session.apply()
      await session.applied()
    },
    stored: { documents: 1, runs: 1, outputs: 1, sources: 2 },
  },
  {
    name: 'a picture and its result, read from disk',
    async prepare(session) {
      await ran(session)
      await session.apply()
      await session.applied()
      await session.page.waitForTimeout(1000)
      await session.reload()
    },
    stored: { documents: 1, runs: 1, sources: 2 },
  },
]

/**
 * Clears the storage of an open page at one point after the other, as the browser's own "Clear site data" does. What is
 * open has to be on disk again after the next stroke, which a crash of the tab and a visit after it tell; nothing is sent
 * again.
 */
export function runCleared(address: string): Promise<PointResult[]> {
  return eachPoint(address, POINTS, tryPoint)
}

async function tryPoint(session: KillSession, point: ClearedPoint, fake: FakeReplicate): Promise<string[]> {
  const problems: string[] = []
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  const api = fake.mount()
  await session.begin(api.base, PROMPT)
  await point.prepare(session)
  await session.edit()
  await session.page.waitForTimeout(1000)
  const { page } = session
  const creates = api.creates().length
  await session.clearStorage()
  check(!(await session.isStored()), 'the storage was not cleared')
  await (point.change?.(session) ?? session.stroke(2))
  const said = page.getByRole('status').filter({ hasText: /storage was cleared/ })
  check(
    await said.waitFor({ timeout: SAID_MS }).then(
      () => true,
      () => false,
    ),
    'it is not said',
  )
  await page.waitForTimeout(WRITTEN_MS)
  const open = await shownOf(session)
  await session.die('crash')
  await session.reopen('crash')
  const restored = await shownOf(session)
  for (const [what, value] of Object.entries(open))
    check(restored[what] === value, `${what}: ${restored[what]} instead of ${value}`)
  for (const [store, least] of Object.entries(point.stored))
    check((await session.countStored(store)) >= least, `${store} are missing`)
  check(api.creates().length === creates, 'a run was sent again')
  return problems
}

/** What is open, as its exports and the page tell it: the mask as it is, and with what Redo brings. */
async function shownOf(session: KillSession): Promise<Record<string, string>> {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const { page } = session
  const mask = hash(await session.mask())
  const redo = page.getByRole('button', { name: 'Redo', exact: true })
  const canRedo = await redo.isEnabled()
  if (canRedo) await redo.click()
  const redone = hash(await session.mask())
  if (canRedo) await session.undo()
  return {
    mask,
    redone,
    picture: hash(await session.pixels()),
    prompt: await session.prompt(),
    settings: await page.evaluate(() => localStorage.getItem('pentimento.settings') ?? ''),
  }
}
