import { stepsAfter, stepsTo } from '../stepTree'
import { encodeProject, MAX_MANIFEST_BYTES, type Project } from './projectCodec'
import { runAsText } from './projectDocument'
import { historyAsText, isWithinLimits, type ProjectHistory } from './projectHistory'

/** What a project file could not hold. */
export interface LeftOut {
  readonly steps: number
  readonly runs: number
}

/** Of the manifest, for the list of its files: as many as there may be. */
const PARTS_BYTES = 2 * 2 ** 20
/** A comma, or a name with its colon. */
const SEPARATOR_BYTES = 16

/**
 * As much of a project as can be opened again: the document first, then its steps, or at least those of the branch that
 * is shown, then runs in their order.
 */
export function fitProject(project: Project): { readonly fitting: Project; readonly left: LeftOut } {
  const bare = encodeProject({ ...project, history: null, runs: [] }, [])
  let room = MAX_MANIFEST_BYTES - PARTS_BYTES - bytesOf(bare)
  const takes = (value: unknown) => {
    const bytes = bytesOf(JSON.stringify(value)) + SEPARATOR_BYTES
    if (bytes > room) return false
    room -= bytes
    return true
  }
  const histories = project.history ? [project.history, shownBranch(project.history)] : []
  const history = histories.find((one) => isWithinLimits(one) && takes(historyAsText(one))) ?? null
  const runs = project.runs.filter((run) => takes(runAsText(run)))
  return {
    fitting: { ...project, history, runs },
    left: {
      steps: (project.history?.steps.length ?? 0) - (history?.steps.length ?? 0),
      runs: project.runs.length - runs.length,
    },
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

function shownBranch(history: ProjectHistory): ProjectHistory {
  const { steps, tip, head } = history
  return { ...history, steps: [...stepsTo(steps, tip), ...stepsAfter(steps, tip, head)] }
}
