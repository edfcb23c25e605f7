import { documentOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import type { Patch } from '../../core/document/document'
import { isEqual } from '../../core/document/equality'
import { AppError } from '../../core/errors'
import { intersectRect, rectOf } from '../../core/geometry'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import type { Session } from '../session/session'
import type { PatchesRoom } from '../session/patchesRoom'
import { baseOf, closeLevels, patchesOf, type SourceImage } from '../session/source'
import { askable, type Outputs } from './outputs'
import { closeOutputs, type Run, type RunOutput, type Runs } from './runs'

/** The pictures of a stored run, read and not in its entry yet. */
interface LoadedRun {
  /** Puts them into the run's entry, unless the same have come meanwhile. @returns the run's picture */
  take(): SourceImage
  /** Frees what was read. */
  discard(): void
}

export interface RunPictures {
  /** The picture that a run was started from, by its record: not what is open. @throws AppError where it is gone */
  sourceOf(record: RunRecord): Promise<SourceImage>
  /** @throws AppError where the run's picture is gone or damaged */
  load(run: Run): Promise<LoadedRun>
}

interface PictureRooms {
  readonly ports: Ports
  readonly session: Session
  readonly opener: Opener
  readonly runs: Runs
  readonly outputs: Outputs
  readonly patches: PatchesRoom
}

export function createRunPictures({
  ports,
  session,
  opener,
  runs,
  outputs,
  patches,
}: PictureRooms): RunPictures {
  const heldSources = (): (SourceImage | null)[] => {
    const { source, before, after } = session.store.getState()
    return [
      source,
      ...[...before, ...after].map((other) => other.source),
      ...runs.store.getState().runs.map((run) => run.source),
    ]
  }

  const heldBases = () => [
    ...session.bases(),
    ...heldSources().flatMap((source) => (source ? baseOf(source) : [])),
  ]

  /** The picture with the same results kept over it. */
  const heldSource = (key: string, kept: readonly Patch[]) =>
    heldSources().find(
      (source) => source && baseOf(source).key === key && isEqual(patchesOf(source), kept),
    ) ?? null

  const sourceOf = async (record: RunRecord): Promise<SourceImage> => {
    const { base, patches: kept } = documentOfRun(record)
    const { key, name, link } = base
    const held = heldSource(key, kept)
    if (held) return held
    const known = heldBases().find((one) => one.key === key)
    if (known) return patches.composer.compose(known, kept)
    const blob = await ports.runs.holdSource(key)
    if (!blob) throw new AppError('image/unreadable', { params: { name } })
    return patches.composer.compose(await opener.decodeStored(blob, key, name, link), kept)
  }

  const loadOutputs = async ({ record, outputs: held }: Run): Promise<readonly RunOutput[]> => {
    if (held.length > 0 || record.outputCount === 0) return held
    const { base, frame } = record.document
    const shown = intersectRect(record.region, intersectRect(frame, rectOf(base)))
    const rects = [record.outputRect ?? shown, shown]
    const { id, outputCount, wholeRect = null, seeds } = record
    const loaded = await outputs.load(id, outputCount, rects, base, wholeRect, seeds)
    return loaded.map((output) => askable(output, record))
  }

  return {
    sourceOf,
    async load(run) {
      const { id, document } = run.record
      const source = await sourceOf(run.record)
      const loaded = await loadOutputs(run)
      const dropOutputs = () => {
        if (loaded !== run.outputs) closeOutputs(loaded)
      }
      const dropSource = () => {
        const held = heldSources()
        if (held.includes(source)) return
        patches.composer.discard(source, null)
        if (!heldBases().includes(baseOf(source))) closeLevels(source.levels)
      }
      return {
        take() {
          const held = heldSource(document.base.key, patchesOf(source)) ?? source
          if (held !== source) dropSource()
          const came = runs.byId(id)?.outputs ?? []
          if (came.length > 0) dropOutputs()
          runs.update(id, { source: held, outputs: came.length > 0 ? came : loaded })
          return held
        },
        discard() {
          dropSource()
          dropOutputs()
        },
      }
    },
  }
}
