import { loadThumbnail } from '../platform/runStore'
import { makeThumbnail } from '../platform/thumbnail'
import type { Run } from './runsStore'

/** The small picture of a run: from its pictures where they are in memory, else from disk; null where there is none. */
export async function drawThumbnail({
  source,
  outputs,
  record,
}: Pick<Run, 'source' | 'outputs' | 'record'>): Promise<ImageBitmap | null> {
  if (!source) {
    const stored = await loadThumbnail(record.id)
    return stored && createImageBitmap(stored)
  }
  const first = outputs.find((output) => output.kind === 'ready')
  const patch = first?.kind === 'ready' ? first : { levels: [], rect: { x: 0, y: 0, width: 1, height: 1 } }
  return createImageBitmap(await makeThumbnail(source.pixels, source.levels, patch.levels, patch.rect))
}
