import type { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import { eachPoint, type PointResult } from './eachPoint'
import type { KillSession } from './killSession'
import { QUOTA_POINTS, type QuotaPoint } from './quotaPoints'

/** What is refused is on disk this long after there is room again, at the latest, ms. */
const WRITTEN_MS = 11_000
const SAID_MS = 8000
/** The browser lets go of a database that no page has open after this, ms. */
const LET_GO_MS = 4000
const PROMPT = 'a red door, open'

/**
 * Fills the storage before one kind of write after the other: the page has to go on, to say so and to offer a file; once
 * there is room what was refused has to be on disk, which a crash of the tab and a visit after it tell.
 */
export function runQuota(address: string): Promise<PointResult[]> {
  return eachPoint(address, QUOTA_POINTS, tryPoint)
}

async function tryPoint(session: KillSession, point: QuotaPoint, fake: FakeReplicate): Promise<string[]> {
  const problems: string[] = []
  const check = (holds: boolean, problem: string) => {
    if (!holds) problems.push(problem)
  }
  const api = fake.mount()
  const { page } = session
  // The system's own dialog for saving cannot be driven: without it the browser downloads.
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'showSaveFilePicker'))
  if (point.opensPicture) await page.goto('/')
  else await session.begin(api.base, PROMPT)
  await point.prepare?.(session)
  await page.waitForTimeout(1000)
  const before = point.opensPicture ? '' : await point.look(session)
  if (point.storage === 'small') await fillLocalStorage(session)
  else if (point.opensPicture) await session.setQuota(1)
  else await fillDisk(session)
  await point.act(session)
  const done = await point.look(session)
  check(done !== before, 'the page did not go on')
  const note = page.getByText(/The storage of this page is full/)
  const isSaid = note.first().waitFor({ timeout: SAID_MS })
  check(await comes(isSaid), 'it is not said')
  if (point.storage === 'disk') {
    check(await comes(savedAsProject(session)), 'no project file is offered')
    await session.setQuota(null)
  } else await page.evaluate(() => localStorage.removeItem('filler'))
  await page.waitForTimeout(WRITTEN_MS)
  check((await point.look(session)) === done, 'it was lost from memory')
  const creates = api.creates().length
  await session.die('crash')
  await session.reopen('crash')
  check((await point.look(session)) === done, 'it is not on disk')
  for (const [store, least] of Object.entries(point.stored ?? {}))
    check((await session.countStored(store)) >= least, `${store} are missing`)
  check(api.creates().length === creates, 'a run was sent again')
  return problems
}

/** Takes the file that is offered. */
async function savedAsProject({ page }: KillSession): Promise<void> {
  const [file] = await Promise.all([
    page.waitForEvent('download', { timeout: SAID_MS }),
    page.getByRole('button', { name: 'Save as a file' }).first().click({ timeout: SAID_MS }),
  ])
  if (!file.suggestedFilename().endsWith('.pentimento')) throw new Error('another file')
}

function comes(waiting: Promise<unknown>): Promise<boolean> {
  return waiting.then(
    () => true,
    () => false,
  )
}

/** The browser goes on by what it last knew of the quota for as long as a page has the database open. */
async function fillDisk(session: KillSession): Promise<void> {
  const { page } = session
  await page.goto('about:blank')
  await page.waitForTimeout(LET_GO_MS)
  await session.setQuota(1)
  await page.goto('/')
  await page.getByRole('region', { name: 'Canvas' }).waitFor()
}

/** The small storage has a limit of its own, which no protocol sets. */
async function fillLocalStorage({ page }: KillSession): Promise<void> {
  await page.evaluate(() => {
    let filler = ''
    for (let size = 2 ** 22; size >= 1; size = Math.floor(size / 2)) {
      for (;;) {
        try {
          localStorage.setItem('filler', filler + 'x'.repeat(size))
          filler += 'x'.repeat(size)
        } catch {
          break
        }
      }
    }
  })
}
