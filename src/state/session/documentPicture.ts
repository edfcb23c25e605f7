import { isPatchEdit } from '../../core/document/edits'
import { stepsAfter, stepsTo } from '../../core/document/stepTree'
import type { NumberedStep } from '../../core/document/storedDocument'
import type { StoredDocument } from '../../platform/documentStore'
import type { LazyRoom } from '../shell/lazyRoom'
import { withChanges } from './documentSteps'
import type { OpenedPicture } from './openPicture'
import { layersOf } from './patches'
import type { PatchesRoom, ReopenedPicture } from './patchesRoom'
import { closeLevels, pictureSize, type SourceImage } from './source'

/** What of a stored document makes its picture. */
type StoredSteps = Pick<StoredDocument, 'contents' | 'journal'>

interface PictureAtStep {
  readonly picture: OpenedPicture & { readonly undone: number }
  /** The stored steps that are done. */
  readonly path: readonly NumberedStep[]
  /** Numbers of the picture's steps, oldest first: done ones, then undone ones. */
  readonly branch: readonly number[]
  /** Frees what was composed for it; the base stays. */
  discard(): void
}

/** Makes the picture of stored steps at one of them, with what Redo does from there. */
export function createStoredPicture({ patches }: { readonly patches: LazyRoom<PatchesRoom> }) {
  /** Most have no kept results, and do without their part of the page. */
  const reopened = async (
    base: SourceImage,
    { contents, journal }: StoredSteps,
    wholePath: readonly NumberedStep[],
  ): Promise<ReopenedPicture> => {
    const path = withChanges(wholePath, contents.regions, pictureSize(base))
    const isPlain = contents.patches.length === 0 && !path.some(({ edit }) => isPatchEdit(edit))
    if (isPlain) {
      const done = path.filter(({ command, region, frame }) => command ?? region ?? frame)
      const steps = done.map(({ command, area, region, frame }) => ({
        command,
        area,
        change: null,
        region,
        frame,
      }))
      return { source: base, done, steps }
    }
    const { files } = journal
    return (await patches.load()).reopen(base, { patches: contents.patches, steps: path, files })
  }

  return async (base: SourceImage, stored: StoredSteps, tip: number): Promise<PictureAtStep> => {
    const { frame, regions } = stored.contents
    const path = stepsTo(stored.journal.steps, tip)
    const ahead = stepsAfter(stored.journal.steps, tip)
    const { source, steps, done } = await reopened(base, stored, [...path, ...ahead])
    // Every step after the tip has a higher number.
    const undone = done.filter(({ number }) => number > tip).length
    return {
      picture: { source, steps, undone, regions, ...(frame ? { frame } : {}) },
      path,
      branch: done.map(({ number }) => number),
      discard() {
        const all = [source, ...steps.flatMap(({ change }) => change?.result ?? [])]
        const layers = all.flatMap((one) => layersOf(one))
        for (const { levels } of new Set(layers)) closeLevels(levels)
      },
    }
  }
}
