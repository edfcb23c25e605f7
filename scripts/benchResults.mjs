// @ts-check
// What kept results cost: a part of npm run bench. Node runs the code of the workers, without their bitmaps.
import { startSourceServer } from './sourceServer.mjs'

const FRAMES = 20

/** Prints re-blends, tones and composing of kept results, each beside the copy of the same bytes. */
export async function benchResults() {
  const server = await startSourceServer()
  const { measureResults } = /** @type {typeof import('./results/measure')} */ (
    await server.ssrLoadModule('/scripts/results/measure.ts')
  )
  console.log('kept results, ms (median)')
  measureResults(FRAMES, ({ what, ms, floorMs }) =>
    console.log(
      `  ${what.padEnd(52)} ${ms.toFixed(1).padStart(8)}   copy ${floorMs.toFixed(1).padStart(6)}   ${(1000 / ms).toFixed(0)} a second`,
    ),
  )
  await server.close()
}
