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
