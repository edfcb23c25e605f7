import type { Run } from '../../state/runs/runs'

/** @returns the runs that have ended between two lists, those that were followed here only */
export function endedRuns(before: readonly Run[], after: readonly Run[]): readonly Run[] {
  if (before === after) return []
  const stages = new Map(before.map(({ record, stage }) => [record.id, stage]))
  return after.filter(({ record, stage }) => {
    const was = stages.get(record.id)
    return stage === 'done' && was !== undefined && was !== 'done' && was !== 'elsewhere'
  })
}
