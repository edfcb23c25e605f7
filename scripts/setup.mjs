// @ts-check
// npm run setup: installs missing packages, browser and web servers. Imports only Node's own modules: it runs before
// node_modules exists.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (/** @type {string} */ path) => join(root, path)
// npm ci deletes node_modules first, so that a failed installation leaves no stamp.
const stampFile = at('node_modules/.setup-stamp')
const hash = createHash('sha256')
for (const part of [
  readFileSync(at('package-lock.json')),
  process.platform,
  process.arch,
  process.versions.modules,
]) {
  hash.update(part)
}
const stamp = hash.digest('hex')
const lockName = createHash('sha256').update(root).digest('hex').slice(0, 16)
const lockFile = join(tmpdir(), `pentimento-setup-${lockName}.lock`)

/** @param {string} text @returns {never} */
function fail(text) {
  console.error(`\n${text}\n`)
  process.exit(1)
}

function isWhole() {
  const hidden = at('node_modules/.package-lock.json')
  if (!existsSync(hidden)) return false
  const { packages } = JSON.parse(readFileSync(hidden, 'utf8'))
  return Object.keys(packages).every((path) => existsSync(at(path)))
}

function isReady() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && isWhole()
}

/** @param {string} command @param {string[]} args @param {'inherit' | 'ignore'} [stdio] @returns {Promise<boolean>} */
function run(command, args, stdio = 'inherit') {
  // npm needs seconds to roll back after Ctrl-C; exiting earlier would let a second start see half an installation.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
  const child = spawn(command, args, { cwd: root, stdio })
  return new Promise((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}

/** Makes a second terminal wait for the first; takes over the lock of a process that died. */
async function lock() {
  for (;;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
      process.on('exit', () => rmSync(lockFile, { force: true }))
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    try {
      process.kill(Number(readFileSync(lockFile, 'utf8')) || process.pid, 0)
      await sleep(300)
    } catch {
      rmSync(lockFile, { force: true })
    }
  }
}

async function installPackages() {
  if (isReady()) return
  await lock()
  if (isReady()) return
  const npm = process.env.npm_execpath ?? fail('Run this through npm: npm run setup')
  console.log('Installing dependencies (first run, or package-lock.json changed) ...')
  const flags = [
    '--include=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ]
  const done = await run(process.execPath, [npm, 'ci', ...flags])
  if (!done || !isWhole()) fail('The installation did not finish; run the same command again.')
  writeFileSync(stampFile, stamp)
}

/** Debian's package of the browser alone: without an interface of its own it needs a third less time for a journey. */
const SHELL = 'chromium-headless-shell'
const shellTried = at('node_modules/.shell-tried')
const hasApt = () => existsSync('/usr/bin/apt-get') && process.getuid?.() === 0

/** Installs a package of Debian's; quiet, and soon over where there is no network. @param {string} name */
async function installWithApt(name) {
  const options = ['-qq', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=10']
  const apt = (/** @type {string[]} */ ...args) => run('/usr/bin/apt-get', [...args, ...options], 'ignore')
  const install = () => apt('install', '-y', '--no-install-recommends', '--no-remove', name)
  return (await install()) || ((await apt('update')) && (await install()))
}

/** Finds a browser; else asks Playwright to download one, else installs Debian's package. */
async function findOrInstallBrowser() {
  const { findBrowser } = await import('./browser.mjs')
  let browser = await findBrowser()
  if (!browser) {
    console.log('No Chromium or Chrome found: asking Playwright to download its own ...')
    await run(process.execPath, [
      at('node_modules/@playwright/test/cli.js'),
      'install',
      'chromium',
      '--only-shell',
    ])
    browser = await findBrowser()
  }
  if (!browser && hasApt()) {
    console.log("The download did not work: installing Debian's Chromium ...")
    if (!(await installWithApt(SHELL))) await installWithApt('chromium')
    browser = await findBrowser()
  }
  const isWholeBrowser = browser?.channel !== undefined || browser?.executablePath?.includes(SHELL) === false
  if (isWholeBrowser && !process.env.E2E_BROWSER && hasApt() && !existsSync(shellTried)) {
    // Once: where it fails, the whole browser does.
    writeFileSync(shellTried, '')
    console.log(`Installing Debian's package ${SHELL}, which is faster for the journeys ...`)
    await installWithApt(SHELL)
    delete process.env.E2E_LAUNCH
    browser = await findBrowser()
  }
  if (!browser) {
    fail(
      `No browser for the journeys: install Chrome or Chromium (Debian: apt install ${SHELL}), or set E2E_BROWSER to its path.`,
    )
  }
  console.log(
    `Browser for the journeys: ${browser.executablePath ?? browser.channel ?? "Playwright's own Chromium"}`,
  )
}

/** Installs the web servers of docs/deploy with apt: a unit test runs their recipes. */
async function installServers() {
  const missing = ['caddy', 'nginx'].filter(
    (name) => !existsSync(`/usr/bin/${name}`) && !existsSync(`/usr/sbin/${name}`),
  )
  if (missing.length === 0) return
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.log(`Without ${missing.join(' and ')} the recipes of docs/deploy.md are not tested here.`)
    return
  }
  console.log(`Installing Debian's packages ${missing.join(', ')} for the test of docs/deploy.md ...`)
  // RUNLEVEL keeps the packages from starting their servers: the test starts them on free ports.
  process.env.RUNLEVEL = '1'
  const packages = missing.map((name) => (name === 'nginx' ? 'nginx-light' : name))
  const install = () =>
    run('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages])
  if (!(await install())) {
    await run('/usr/bin/apt-get', ['update', '-qq'])
    await install()
  }
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  fail(`Node 20.19 or newer is needed; this is ${process.versions.node}.`)
await installPackages()
if (process.argv.includes('--browser')) await findOrInstallBrowser()
if (process.argv.includes('--servers')) await installServers()
