import type { RunRecord } from '../../core/document/codec/recordCodec'
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

/** True where a result of the region is in the picture. */
export function isRegionDone(source: SourceImage | null, regionId: string): boolean {
  return source !== null && patchesOf(source).some(({ from }) => from?.regionId === regionId)
}

/** True while a run of the region is on, of this visit or an earlier one. */
export function isRegionOn(
  all: readonly { readonly record: RunRecord; readonly stage: Run['stage'] }[],
  regionId: string,
): boolean {
  return all.some(({ record, stage }) => record.regionId === regionId && stage !== 'done')
}
