import { expect, it } from 'vitest'
import { KIND_COUNT } from '../../engine/fillEngine'
import { contractInput } from '../backendContract.testkit'
import { outputSeeds } from './outputSeeds'
import { FIELDS } from './inlineEngine.testkit'

it('a seed that is given is the first output’s; one that is drawn is of the most trusted kind', () => {
  expect(outputSeeds({ ...contractInput(2), params: { seed: 7, num_outputs: 3 } }, FIELDS)).toEqual([7, 8, 9])
  const drawn = Array.from({ length: 50 }, () => outputSeeds({ ...contractInput(1), params: {} }, FIELDS))
  expect(new Set(drawn.map(([first]) => first % KIND_COUNT))).toEqual(new Set([0]))
  expect(new Set(drawn.map(([first]) => first)).size).toBeGreaterThan(40)
})
