// @ts-check
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = [
  // Without an interface of its own: a third less work for a journey.
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'brave-browser',
]

/**
 * Finds the first browser that starts: E2E_BROWSER, Playwright's own, one on the PATH, Chrome, Edge.
 * @returns {Promise<{ executablePath?: string, channel?: string } | null>} launch options; null where none starts
 * @throws where E2E_BROWSER is set and does not start
 */
export async function findBrowser() {
  // Worker processes inherit the environment, so that only the first process searches.
  if (process.env.E2E_LAUNCH) return JSON.parse(process.env.E2E_LAUNCH)
  const asked = process.env.E2E_BROWSER
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter((path) =>
    existsSync(path),
  )
  const options = asked
    ? [{ executablePath: asked }]
    : [
        {},
        ...installed.slice(0, 3).map((executablePath) => ({ executablePath })),
        { channel: 'chrome' },
        { channel: 'msedge' },
      ]
  for (const option of options) {
    try {
      const browser = await chromium.launch({ ...option, timeout: 30_000 })
      await browser.close()
      process.env.E2E_LAUNCH = JSON.stringify(option)
      return option
    } catch (error) {
      if (asked) throw error
    }
  }
  return null
}
