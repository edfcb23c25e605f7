// @ts-check
// npm run verify: predictions through a mix of faults, in three seeds, over sockets. Exits with 1 where a run is lost,
// sent twice or polled too early. Arguments are seeds of your own.
// npm run verify -- --kills: sessions in a real browser whose tab crashes, or whose browser is killed, at seeded points.
// Exits with 1 where a stroke, a paid run or a kept result is lost, or anything is sent again.
// npm run verify -- --quota: a real browser whose storage is full at one kind of write after the other. Exits with 1
// where the page stops, does not say so, or anything is not on disk once there is room.
// npm run verify -- --cleared: a real browser whose storage is cleared while the page is open. Exits with 1 where what
// is open is not on disk again, or anything is sent again.
import { fileURLToPath } from 'node:url'
import { build, createServer } from 'vite'
import { serveGzipped } from './gzipServer.mjs'

const PREDICTIONS = 60
const seeds = process.argv.slice(2).map(Number).filter(Number.isFinite)
const root = fileURLToPath(new URL('..', import.meta.url))

// An output may come from the page's own origin, which Node has none of.
Object.assign(globalThis, { location: new URL('http://page.example/') })
const server = await createServer({
  root,
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
})
if (process.argv.includes('--kills')) {
  const isWhole = await verifyKills(seeds[0] ?? 1)
  await server.close()
  process.exit(isWhole ? 0 : 1)
}
if (process.argv.includes('--quota')) {
  const isWhole = await verifyQuota()
  await server.close()
  process.exit(isWhole ? 0 : 1)
}
if (process.argv.includes('--cleared')) {
  const isWhole = await verifyCleared()
  await server.close()
  process.exit(isWhole ? 0 : 1)
}
const { runFaultMix } = /** @type {typeof import('./verify/faultMix')} */ (
  await server.ssrLoadModule('/scripts/verify/faultMix.ts')
)
// Most of the time is waiting, so that the seeds run beside one another.
const results = await Promise.all(
  (seeds.length > 0 ? seeds : [1, 2, 3]).map((seed) => runFaultMix(seed, PREDICTIONS)),
)
console.table(
  Object.fromEntries(
    results.map((result) => [
      `seed ${result.seed}`,
      {
        predictions: result.predictions,
        'ended right': result.right,
        'clear errors': result.clearErrors,
        'of these no picture': result.noPicture,
        lost: result.lost,
        'duplicate creates': result.duplicates,
        'early polls': result.earlyPolls,
        'polls after the end': result.latePolls,
        requests: result.requests,
        spoilt: result.spoilt,
        seconds: Math.round(result.seconds),
      },
    ]),
  ),
)
for (const { problems } of results) for (const problem of problems) console.error(problem)
await server.close()
const isBad = results.some(
  ({ lost, duplicates, earlyPolls, latePolls }) => lost + duplicates + earlyPolls + latePolls > 0,
)
process.exit(isBad ? 1 : 0)

async function serveBuilt() {
  const outDir = fileURLToPath(new URL('../node_modules/.e2e-dist', import.meta.url))
  await build({ root, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  return serveGzipped(outDir)
}

/** @returns {Promise<boolean>} false where something is lost, or not said */
async function verifyQuota() {
  const page = await serveBuilt()
  const { runQuota } = /** @type {typeof import('./verify/quota')} */ (
    await server.ssrLoadModule('/scripts/verify/quota.ts')
  )
  const points = await runQuota(page.address)
  page.close()
  console.table(
    points.map(({ name, seconds, problems }) => ({
      'full at': name,
      seconds: Math.round(seconds),
      problems: problems.join('; '),
    })),
  )
  const bad = points.filter(({ problems }) => problems.length > 0).length
  console.log(`${points.length - bad} of ${points.length} kinds of writes cost nothing on a full disk`)
  return bad === 0
}

/** @returns {Promise<boolean>} false where something is lost */
async function verifyCleared() {
  const page = await serveBuilt()
  const { runCleared } = /** @type {typeof import('./verify/cleared')} */ (
    await server.ssrLoadModule('/scripts/verify/cleared.ts')
  )
  const points = await runCleared(page.address)
  page.close()
  console.table(
    points.map(({ name, seconds, problems }) => ({
      'cleared with': name,
      seconds: Math.round(seconds),
      problems: problems.join('; '),
    })),
  )
  const bad = points.filter(({ problems }) => problems.length > 0).length
  console.log(`${points.length - bad} of ${points.length} sessions were stored again`)
  return bad === 0
}

/** @param {number} seed @returns {Promise<boolean>} false where something is lost */
async function verifyKills(seed) {
  const page = await serveBuilt()
  const { runKills } = /** @type {typeof import('./verify/kills')} */ (
    await server.ssrLoadModule('/scripts/verify/kills.ts')
  )
  const sessions = await runKills(page.address, seed)
  page.close()
  console.table(
    sessions.map(({ phase, how, delay, creates, seconds, problems }) => ({
      phase,
      how,
      'after ms': delay,
      creates,
      seconds: Math.round(seconds),
      problems: problems.join('; '),
    })),
  )
  const lost = sessions.filter(({ problems }) => problems.length > 0).length
  console.log(`seed ${seed}: ${sessions.length - lost} of ${sessions.length} came back whole`)
  return lost === 0
}
