import { createHash } from 'node:crypto'
import { openPicture, picture, zoomOf } from '../../e2e/fixtures'
import { KILL_NAME, type KillSession } from './killSession'

/** A kind of write that a full storage refuses. */
export interface QuotaPoint {
  readonly name: string
  readonly storage: 'disk' | 'small'
  /** It opens the picture itself, on the full disk. */
  readonly opensPicture?: true
  /** While there is room. */
  prepare?(session: KillSession): Promise<void>
  /** Has the page write. */
  act(session: KillSession): Promise<void>
  /** What the page shows of it. */
  look(session: KillSession): Promise<string>
  /** How many entries the stores have at the end, at least. */
  readonly stored?: Readonly<Record<string, number>>
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const mask = async (session: KillSession) => hashOf(await session.mask())
const list = async ({ page }: KillSession, name: string) =>
  String(await page.getByRole('list', { name }).getByRole('listitem').count())
const patches = async (session: KillSession) =>
  `${await list(session, 'Patches')} ${hashOf(await session.pixels())}`
const runs = async ({ page }: KillSession) =>
  String(await page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /Done/ }).count())

/** A run that is done, and shown in Edit. */
async function ran(session: KillSession): Promise<void> {
  await session.stroke(0)
  await session.run()
  await session.isRunDone(20_000)
}

async function applied(session: KillSession): Promise<void> {
  await ran(session)
  await session.apply()
  await session.applied()
}

async function dialog({ page }: KillSession) {
  await page.getByRole('button', { name: 'Backend', exact: true }).click()
  return page.getByRole('dialog', { name: 'Backend' })
}

/** What the form's list of backends or models offers. */
const choices = async ({ page }: KillSession, name: string) =>
  (await page.getByRole('combobox', { name, exact: true }).first().locator('option').allTextContents()).join()

export const QUOTA_POINTS: readonly QuotaPoint[] = [
  {
    name: 'picture’s file and document',
    storage: 'disk',
    opensPicture: true,
    act: ({ page }) => openPicture(page, picture(640, 480), KILL_NAME),
    look: patches,
    stored: { sources: 1, documents: 1, contents: 1, documentThumbnails: 1 },
  },
  { name: 'stroke', storage: 'disk', act: (session) => session.stroke(1), look: mask, stored: { steps: 1 } },
  {
    name: 'undo',
    storage: 'disk',
    prepare: (session) => session.stroke(1),
    act: ({ page }) => page.getByRole('button', { name: 'Undo', exact: true }).click(),
    look: mask,
  },
  {
    name: 'form',
    storage: 'disk',
    act: ({ page }) => page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a blue door'),
    look: (session) => session.prompt(),
  },
  {
    name: 'view',
    storage: 'disk',
    act: ({ page }) => page.getByRole('button', { name: 'Zoom in' }).click(),
    look: async ({ page }) => String(await zoomOf(page)),
  },
  {
    name: 'region',
    storage: 'disk',
    prepare: (session) => session.stroke(1),
    async act({ page }) {
      await page.getByRole('button', { name: 'Refine mask' }).click()
      await page.getByRole('button', { name: 'Set aside as region' }).click()
    },
    look: (session) => list(session, 'Regions'),
  },
  {
    name: 'run’s record, output, answer and card',
    storage: 'disk',
    act: ran,
    look: runs,
    stored: { runs: 1, outputs: 1, thumbnails: 1, sources: 2 },
  },
  {
    name: 'kept result',
    storage: 'disk',
    prepare: ran,
    async act(session) {
      await session.apply()
      await session.applied()
    },
    look: patches,
    stored: { sources: 2 },
  },
  {
    name: 'blend of a kept result',
    storage: 'disk',
    prepare: applied,
    async act({ page }) {
      await page.getByRole('list', { name: 'Patches' }).getByRole('checkbox').first().click()
    },
    look: patches,
  },
  {
    name: 'second run',
    storage: 'disk',
    prepare: applied,
    async act(session) {
      await session.stroke(2)
      await session.run()
      await session.page
        .getByRole('list', { name: 'Runs' })
        .getByRole('button', { name: /Done/ })
        .nth(1)
        .waitFor()
    },
    look: runs,
    stored: { runs: 2, outputs: 2, thumbnails: 2 },
  },
  {
    name: 'setting',
    storage: 'small',
    async act({ page }) {
      await page.locator('[data-area=top] .lucide-settings').click()
      const preferences = page.getByRole('dialog', { name: 'Preferences' })
      await preferences.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Light' })
      await page.keyboard.press('Escape')
    },
    look: ({ page }) => page.evaluate(() => document.documentElement.dataset['theme'] ?? ''),
  },
  {
    name: 'saved backend',
    storage: 'small',
    async act(session) {
      const shown = await dialog(session)
      await shown.getByRole('textbox', { name: 'Name for this backend' }).fill('Studio')
      await shown.getByRole('button', { name: 'Save this backend' }).click()
      await shown.getByRole('button', { name: 'Done' }).click()
    },
    async look(session) {
      const shown = await dialog(session)
      const saved = await shown.getByRole('list', { name: 'Saved backends' }).getByRole('listitem').count()
      await session.page.keyboard.press('Escape')
      return String(saved)
    },
  },
  {
    name: 'own model',
    storage: 'small',
    async act(session) {
      const shown = await dialog(session)
      await shown.getByText('Add a model').click()
      await shown.getByRole('textbox', { name: 'Model', exact: true }).fill('some/filler')
      await shown.getByRole('button', { name: 'Load from the backend' }).click()
      await shown.getByText('The form now shows some/filler.').waitFor()
      await shown.getByRole('button', { name: 'Done' }).click()
    },
    look: (session) => choices(session, 'Model'),
  },
]
