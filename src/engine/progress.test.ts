import { expect, it } from 'vitest'
import { cpuNow } from '../core/cpuTime.testkit'
import { createGray, createRgba } from '../core/image/raster'
import { patchMatchFill } from './patchMatch/patchMatchFill'
import { Random } from './random'
import { simdCore } from './simd/simdCore'

const SIDE = 2048
const MAX_SILENT_MS = 150

/** Stripes with grain, and a hole of a sixth of them that lines run into. */
function scene() {
  const image = createRgba(SIDE, SIDE)
  const random = new Random(3)
  for (let p = 0; p < SIDE * SIDE; p++) {
    const light = 90 + (((p % SIDE) >> 7) % 2) * 60 + random.around(12)
    image.data.set([light, light - 10, light - 30, 255], p * 4)
  }
  const mask = createGray(SIDE, SIDE)
  for (let y = 600; y < 1440; y++) mask.data.fill(255, y * SIDE + 600, y * SIDE + 1440)
  return { image, mask }
}

/** The longest time between two reports, ms of this process's CPU: a busy machine counts for nothing. */
async function longestSilence(): Promise<number> {
  const request = { ...scene(), seed: 1, quality: 'standard', patchSide: 7 } as const
  let [last, longest, before] = [cpuNow(), 0, 0]
  await patchMatchFill(simdCore).run(request, (fraction) => {
    const now = cpuNow()
    longest = Math.max(longest, now - last)
    last = now
    expect(fraction).toBeGreaterThanOrEqual(before)
    before = fraction
  })
  expect(before).toBe(1)
  return longest
}

it('a fill of a large hole is never silent for long', { timeout: 120_000 }, async () => {
  // The collector works in other threads, and may do so at a bad moment.
  let longest = Infinity
  for (let time = 0; time < 3 && longest > MAX_SILENT_MS; time++)
    longest = Math.min(longest, await longestSilence())
  expect(longest).toBeLessThanOrEqual(MAX_SILENT_MS)
})
