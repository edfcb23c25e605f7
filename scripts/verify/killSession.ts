import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { decode } from 'fast-png'
import { drag, exportedMask, openPicture, picture, runButton } from '../../e2e/fixtures'
import { findBrowser } from '../browser.mjs'

export const KILL_NAME = 'mine.png'
const SIZE = [640, 480] as const

const canvas = (page: Page) => page.getByRole('region', { name: 'Canvas' })
const runs = (page: Page) => page.getByRole('list', { name: 'Runs' })
const output = (page: Page) => page.getByRole('figure', { name: 'Output 1' })
const applyButton = (page: Page) => page.getByRole('button', { name: 'Apply output 1', exact: true })
const prompt = (page: Page) => page.getByRole('textbox', { name: 'Prompt', exact: true })

/** How a session ends: the tab's process, or the whole browser's, is gone at once. */
export type Death = 'crash' | 'kill'

/** A browser of its own profile, driven as a user does, that can die and be opened again. */
export class KillSession {
  page!: Page
  private context!: BrowserContext
  private readonly folder: string
  private readonly address: string

  /** @param folder of its profile */
  constructor(folder: string, address: string) {
    this.folder = folder
    this.address = address
  }

  async launch(): Promise<void> {
    this.context = await chromium.launchPersistentContext(this.folder, {
      ...(await findBrowser()),
      baseURL: this.address,
      locale: 'en-US',
      viewport: { width: 1440, height: 900 },
    })
    this.page = this.context.pages()[0] ?? (await this.context.newPage())
  }

  close(): Promise<void> {
    return this.context.close()
  }

  /** Opens the picture and asks for a backend. */
  async begin(base: string, asked: string): Promise<void> {
    const { page } = this
    await page.goto('/')
    await openPicture(page, picture(...SIZE), KILL_NAME)
    await page.getByRole('button', { name: 'Backend', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Backend' })
    await dialog.getByRole('radio', { name: /^Replicate or a compatible API/ }).check()
    await dialog.getByRole('textbox', { name: 'Backend URL' }).fill(base)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await prompt(page).fill(asked)
  }

  /** One of the strokes that every session paints. @param isDone false leaves the button down */
  async stroke(number: number, isDone = true): Promise<void> {
    const box = (await canvas(this.page).boundingBox())!
    const y = box.y + box.height * (0.35 + 0.1 * number)
    const at = (part: number) => ({ x: box.x + box.width * part, y: y + 30 * part })
    if (isDone) return drag(this.page, at(0.35), at(0.6))
    await this.page.mouse.move(at(0.35).x, at(0.35).y)
    await this.page.mouse.down()
    await this.page.mouse.move(at(0.6).x, at(0.6).y, { steps: 8 })
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo', exact: true }).click()
  }

  async run(): Promise<void> {
    await runButton(this.page).click()
  }

  /** Puts the run's result into the picture. */
  async apply(): Promise<void> {
    if (!(await output(this.page).isVisible())) await runs(this.page).getByRole('button').first().click()
    await output(this.page).waitFor()
    await applyButton(this.page).click()
  }

  async applied(): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: 'Applied.' }).waitFor()
  }

  /** @returns whether the newest run is done within the time */
  async isRunDone(timeout: number): Promise<boolean> {
    const done = runs(this.page).getByRole('button', { name: /Done/ })
    return done.waitFor({ timeout }).then(
      () => true,
      () => false,
    )
  }

  /** @param bytes that the page may store; null for what the browser gives */
  async setQuota(bytes: number | null): Promise<void> {
    const cdp = await this.context.newCDPSession(this.page)
    const { origin } = new URL(this.address)
    await cdp.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(bytes === null ? {} : { quotaSize: bytes }),
    })
  }

  /** As the browser's own "Clear site data" does, the page open. */
  async clearStorage(): Promise<void> {
    const cdp = await this.context.newCDPSession(this.page)
    const { origin } = new URL(this.address)
    await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  }

  /** @returns whether the page has a database */
  isStored(): Promise<boolean> {
    return this.page.evaluate(async () =>
      (await indexedDB.databases()).some(({ name }) => name === 'pentimento'),
    )
  }

  /** @returns how many entries a store of the page's database has */
  countStored(store: string): Promise<number> {
    return this.page.evaluate(async (name) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('pentimento')
        opening.addEventListener('success', () => resolve(opening.result))
        opening.addEventListener('error', () => reject(new Error('no database')))
      })
      const counting = db.transaction(name).objectStore(name).count()
      await new Promise((resolve) => {
        counting.addEventListener('success', resolve)
      })
      db.close()
      return counting.result
    }, store)
  }

  async die(how: Death): Promise<void> {
    if (how === 'crash') {
      const cdp = await this.context.newCDPSession(this.page)
      const crashed = this.page.waitForEvent('crash')
      // Its answer never comes.
      void cdp.send('Page.crash').catch(() => {})
      await crashed
      return
    }
    const cdp = await this.context.browser()!.newBrowserCDPSession()
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo')
    const closed = this.context.waitForEvent('close')
    process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL')
    await closed
  }

  /** Comes back from the start page, as somebody who has lost the tab does. */
  async reopen(how: Death): Promise<void> {
    if (how === 'crash') {
      const next = await this.context.newPage()
      await this.page.close()
      this.page = next
    } else {
      for (const name of ['Lock', 'Cookie', 'Socket'])
        await rm(join(this.folder, `Singleton${name}`), { force: true })
      await this.launch()
    }
    await this.page.goto('/')
    const card = this.page
      .getByRole('region', { name: 'Continue with' })
      .getByRole('button', { name: KILL_NAME })
    await card.click()
    await canvas(this.page).waitFor()
  }

  /** What is open comes from disk. */
  async reload(): Promise<void> {
    await this.page.reload()
    await canvas(this.page).waitFor()
  }

  async mask(): Promise<Uint8Array> {
    return (await exportedMask(this.page)).data
  }

  prompt(): Promise<string> {
    return prompt(this.page).inputValue()
  }

  /** The picture's pixels, as its export has them. */
  async pixels(): Promise<Uint8Array> {
    const downloading = this.page.waitForEvent('download')
    await this.page.getByRole('button', { name: 'Export', exact: true }).click()
    await this.page.getByRole('menuitem', { name: 'PNG' }).click()
    return new Uint8Array(decode(readFileSync(await (await downloading).path())).data)
  }

  async edit(): Promise<void> {
    const view = this.page.getByRole('radiogroup', { name: 'View' })
    await view.getByRole('radio', { name: 'Edit' }).check()
  }
}
