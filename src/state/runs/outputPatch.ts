import { maskOfRun, type RawOutput, type RunRecord } from '../../core/document/codec/recordCodec'
import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { readMask } from '../../core/mask/mask'
import { encodeRuns } from '../../core/mask/raster/maskRuns'
import type { PatchesRoom } from '../session/patchesRoom'
import { baseOf, patchesOf, type SourceImage } from '../session/source'
import { maskOfRecord } from './liveRun'
import type { ReadyOutput, Run } from './runs'

/** True where the run was of the open picture, whatever is kept over either. */
export function isOfOne(open: SourceImage, { source, record }: Run): boolean {
  const { key } = record.document.base
  if (source && baseOf(source) === baseOf(open)) return true
  // A run of a picture with baked results named the last of them.
  return baseOf(open).key === key || patchesOf(open).some(({ id }) => id === key)
}

function fromOf({ id, regionId, regionDigest }: RunRecord, place: number): Patch['from'] {
  return {
    runId: id,
    place,
    ...(regionId === undefined ? {} : { regionId }),
    ...(regionDigest === undefined ? {} : { regionDigest }),
  }
}

/** What is kept of an output, whatever its pixels. */
function commonOf(record: RunRecord, place: number) {
  return {
    id: crypto.randomUUID(),
    from: fromOf(record, place),
    coverageFrame: record.document.frame,
    blend: PLAIN_BLEND,
    visible: true,
  }
}

/** A model's own answer as a kept result, blended as the run blended it. */
function patchOfRaw(record: RunRecord, place: number, { key, rect }: Pick<RawOutput, 'key' | 'rect'>): Patch {
  const all: MaskCommand = { kind: 'rectangle', mode: 'paint', rect }
  const coverage = record.masked ? maskOfRun(record.document) : [all]
  return { ...commonOf(record, place), pixels: key, rect, coverage }
}

/** An output of an earlier visit; null where its answer was not kept, or is a picture of its own. */
export function patchOfRecord(record: RunRecord, place: number): Patch | null {
  const raw = record.rawOutputs[place]
  return raw && !raw.whole ? patchOfRaw(record, place, raw) : null
}

/** An output as a kept result. */
export async function patchOfOutput(
  { pixels }: PatchesRoom,
  { record }: Run,
  output: ReadyOutput,
): Promise<Patch> {
  const { place, raw: fresh, rect, crop } = output
  const raw = fresh ? { key: await fresh.key(), rect: fresh.rect } : record.rawOutputs[place]
  if (raw) return patchOfRaw(record, place, raw)
  // Of a run that kept no answer: its blended pixels, where it was masked at all.
  const coverage = [coveredBy(record, output)]
  return { ...commonOf(record, place), pixels: await pixels.keep(await crop.read()), rect, coverage }
}

/** Covers every pixel that the run's mask touches. */
function coveredBy(record: RunRecord, { rect }: ReadyOutput): MaskCommand {
  const mask = maskOfRecord(record)
  if (!mask) return { kind: 'rectangle', mode: 'paint', rect }
  const coverage = readMask(mask, rect)
  const data = coverage.data.map((value) => (value > 0 ? 255 : 0))
  return { kind: 'raster', mode: 'paint', rect, runs: encodeRuns({ ...coverage, data }) }
}
