import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeReplicate } from '../../src/backends/replicate/fakeReplicate.testkit'
import { KillSession } from './killSession'

export interface PointResult {
  readonly name: string
  /** What went wrong; empty where nothing did. */
  readonly problems: readonly string[]
  readonly seconds: number
}

/**
 * Tries one point after the other, each with a browser profile of its own on disk, all on one backend.
 * @param address of the page
 * @param tryPoint what went wrong; what it throws is a problem too
 */
export async function eachPoint<Point extends { readonly name: string }>(
  address: string,
  points: readonly Point[],
  tryPoint: (session: KillSession, point: Point, fake: FakeReplicate) => Promise<string[]>,
): Promise<PointResult[]> {
  const fake = new FakeReplicate()
  await fake.start()
  const folder = await mkdtemp(join(tmpdir(), 'pentimento-verify-'))
  try {
    const results: PointResult[] = []
    for (const point of points) {
      const start = performance.now()
      const session = new KillSession(join(folder, String(results.length)), address)
      await session.launch()
      const problems = await tryPoint(session, point, fake).catch((error: unknown) => [
        String(error).split('\n', 3).join(' '),
      ])
      await session.close().catch(() => {})
      results.push({ name: point.name, problems, seconds: (performance.now() - start) / 1000 })
    }
    return results
  } finally {
    await fake.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
