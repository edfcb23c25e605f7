import type { RunRecord } from '../../core/document/codec/recordCodec'
import { regionDigest } from '../../core/document/regionDigest'
import type { MaskRegion } from '../../core/document/regions'
import { patchesOf, type SourceImage } from '../session/source'
import type { Run } from './runs'

/** `left` was not begun when the sequence ended. */
export type RegionStage = 'waits' | 'runs' | 'done' | 'failed' | 'left'

export interface RegionStep {
  readonly regionId: string
  /** null until it has begun. */
  readonly runId: string | null
  readonly stage: RegionStage
}

export interface RegionRunsState {
  /** Of the last sequence, in its order. */
  readonly steps: readonly RegionStep[]
  readonly isOn: boolean
}

/** True where a result of the region, with the mask and prompt that it has now, is in the picture. */
export function isRegionDone(source: SourceImage | null, region: MaskRegion): boolean {
  if (!source) return false
  return patchesOf(source).some(({ from }) => {
    if (from?.regionId !== region.id) return false
    // What was written before there were digests has none.
    return from.regionDigest === undefined || from.regionDigest === regionDigest(region)
  })
}

/** True while a run of the region is on, of this visit or an earlier one. */
export function isRegionOn(
  all: readonly { readonly record: RunRecord; readonly stage: Run['stage'] }[],
  regionId: string,
): boolean {
  return all.some(({ record, stage }) => record.regionId === regionId && stage !== 'done')
}
