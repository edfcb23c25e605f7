import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { defineConfig, devices } from '@playwright/test'
import { findBrowser } from '../scripts/browser.mjs'

/** A free port; worker processes inherit the main one's choice. */
async function freePort(name: string): Promise<string> {
  process.env[name] ??= await new Promise<string>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(String(typeof address === 'object' && address ? address.port : 0)))
    })
  })
  return process.env[name]
}

const app = `http://127.0.0.1:${await freePort('E2E_APP_PORT')}`
const upstream = await freePort('E2E_UPSTREAM_PORT')
const cog = await freePort('E2E_COG_PORT')
/** What the page's server prints: a journey looks that it has no key. */
const serverLog = 'node_modules/.results/server.log'
process.env['E2E_SERVER_LOG'] = `${import.meta.dirname}/../${serverLog}`
mkdirSync(`${import.meta.dirname}/../node_modules/.results`, { recursive: true })
const ci = Boolean(process.env['CI'])
const cwd = `${import.meta.dirname}/..`

// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: ci,
  // Half of a journey is waiting: for a poll, a timer, a fade.
  workers: 3,
  // No journey is about how long it takes: a slow or busy machine may take its time, also for a fill or a large file.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../node_modules/.results/journeys.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: app,
    locale: 'en-US',
    viewport: { width: 1440, height: 900 },
    // In a fresh profile it stores the whole build: a third of what a journey costs. Those about it allow it.
    serviceWorkers: 'block',
    // The mask's outline and pulse redraw the window without end, by software here. Those about them have motion.
    contextOptions: { reducedMotion: 'reduce' },
    // Tracing doubles the time: E2E_TRACE=1 turns it on for a failing journey.
    trace: process.env['E2E_TRACE'] ? 'retain-on-failure' : 'off',
    launchOptions: (await findBrowser()) ?? {},
  },
  webServer: {
    cwd,
    command: `node node_modules/vite/bin/vite.js preview --outDir node_modules/.e2e-dist --port ${new URL(app).port} --strictPort > ${serverLog} 2>&1`,
    env: {
      REPLICATE_API_URL: `http://127.0.0.1:${upstream}/upstream`,
      REPLICATE_API_TOKEN: 'r8_only_for_tests',
      COG_URL: `http://127.0.0.1:${cog}`,
    },
    url: app,
  },
})
