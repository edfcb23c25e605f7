import type { NumberedStep } from './storedDocument'

type Place = Pick<NumberedStep, 'number' | 'parent'>

/**
 * The steps that lead to one, oldest first. A step whose parent is missing counts as done to the picture as opened: what
 * is damaged costs itself and no more.
 * @param steps in any order
 * @param tip 0 is the picture as opened
 */
export function stepsTo<Step extends Place>(steps: readonly Step[], tip: number): readonly Step[] {
  const byNumber = new Map(steps.map((step) => [step.number, step]))
  const path: Step[] = []
  for (let step = byNumber.get(tip); step; step = byNumber.get(step.parent)) path.push(step)
  return path.toReversed()
}

/**
 * The steps that Redo does from one, oldest first: those that Undo left; where it came from elsewhere, the branch that was
 * gone on with last.
 * @param steps in any order
 * @param tip 0 is the picture as opened
 * @param head the end of the branch that was open; left out where that is not known
 */
export function stepsAfter<Step extends Place>(
  steps: readonly Step[],
  tip: number,
  head?: number,
): readonly Step[] {
  const open = head === undefined ? [] : stepsTo(steps, head)
  const place = open.findIndex(({ number }) => number === tip)
  if (open.length > 0 && (place >= 0 || tip === 0)) return open.slice(place + 1)
  const newest = new Map<number, Step>()
  for (const step of steps) {
    if (step.number > (newest.get(step.parent)?.number ?? step.parent)) newest.set(step.parent, step)
  }
  const path: Step[] = []
  for (let step = newest.get(tip); step; step = newest.get(step.number)) path.push(step)
  return path
}

/** By the edit of a state's last step; all others paint. */
const KINDS: Readonly<Record<string, DocumentState['kind']>> = {
  'patch.add': 'kept',
  frame: 'framed',
  turn: 'turned',
}

function kindOf({ edit }: Pick<NumberedStep, 'edit'>, base: string | null): DocumentState['kind'] {
  // The remove brush has no run, and neither has the original that is painted back.
  if (edit?.kind === 'patch.add' && !edit.patch.from && edit.patch.pixels !== base) return 'removed'
  return KINDS[edit?.kind ?? ''] ?? 'painted'
}

/** A state of a document that is worth going to. */
export interface DocumentState {
  /** Of its last step; 0 is the picture as opened. */
  readonly number: number
  /** How many branches off the newest line it lies. */
  readonly depth: number
  /** What its last step did: opened the picture, kept a result, removed something, extended or cropped, turned, or painted. */
  readonly kind: 'opened' | 'kept' | 'removed' | 'framed' | 'turned' | 'painted'
  /** How many steps it is from the state before it in its line. */
  readonly steps: number
  /** ISO 8601; null where it is not known. */
  readonly at: string | null
  /** The steps that are done lead to it. */
  readonly isCurrent: boolean
}

/**
 * The states of a document: as it was opened, each kept result, frame and turn, where its branches part, their ends, and what is shown.
 * @param steps by number, lowest first
 * @param tip the one that is shown
 * @param base key of the opened picture
 * @returns each line after the state it starts from; older branches come before what went on from there last
 */
export function statesOf(
  steps: readonly Pick<NumberedStep, 'number' | 'parent' | 'at' | 'edit'>[],
  tip: number,
  base: string | null = null,
): readonly DocumentState[] {
  const known = new Set([0, ...steps.map(({ number }) => number)])
  const after = new Map<number, (typeof steps)[number][]>()
  for (const step of steps) {
    const parent = known.has(step.parent) ? step.parent : 0
    after.set(parent, [...(after.get(parent) ?? []), step])
  }
  const states: DocumentState[] = []
  /** Lines that are still to be listed, next one last. A document may have thousands of steps in a line. */
  const open = [{ step: null as (typeof steps)[number] | null, depth: 0, count: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { step, depth, count } = next
    const number = step?.number ?? 0
    const following = after.get(number) ?? []
    const kind = step ? kindOf(step, base) : 'opened'
    const isListed = kind !== 'painted' || following.length !== 1 || number === tip
    if (isListed)
      states.push({ number, depth, kind, steps: count, at: step?.at ?? null, isCurrent: number === tip })
    const passed = isListed ? 1 : count + 1
    following
      .toReversed()
      .forEach((one, place) => open.push({ step: one, depth: depth + Math.min(place, 1), count: passed }))
  }
  return states
}
