import { expect, it } from 'vitest'
import type { Run } from '../../state/runs/runs'
import { endedRuns } from './runEnds'

function run(id: string, stage: Run['stage']): Run {
  return { record: { id }, stage } as Run
}

function ends(before: readonly Run[], after: readonly Run[]): readonly string[] {
  return endedRuns(before, after).map(({ record }) => record.id)
}

it('a run ends once, when it is done', () => {
  expect(ends([run('a', 'following')], [run('a', 'fetching')])).toEqual([])
  expect(ends([run('a', 'fetching')], [run('a', 'done')])).toEqual(['a'])
  expect(ends([run('a', 'done')], [run('a', 'done')])).toEqual([])
})

it('each of several is told by its id', () => {
  expect(
    ends(
      [run('a', 'following'), run('b', 'following')],
      [run('c', 'sending'), run('a', 'done'), run('b', 'following')],
    ),
  ).toEqual(['a'])
})

it('runs of earlier visits and of other tabs do not end here', () => {
  expect(ends([], [run('a', 'done')])).toEqual([])
  expect(ends([run('a', 'elsewhere')], [run('a', 'done')])).toEqual([])
})
