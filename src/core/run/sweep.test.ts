import { describe, expect, it } from 'vitest'
import { fieldByRole, type FieldSpec } from '../prediction/inputSchema'
import { MODELS } from '../models/modelRegistry'
import { costOf, readAxisValues, sweepCells } from './sweep'

const [{ fields }] = MODELS
const field = (role: 'prompt' | 'seed' | 'steps' | 'scheduler'): FieldSpec => fieldByRole(fields, role)!

describe('values of an axis', () => {
  it('are read by the field, each once; what is none of it is named', () => {
    expect(readAxisValues(field('steps'), '10, 20,20\n 50, many, 0.5')).toEqual({
      values: [10, 20, 50],
      bad: ['many', '0.5'],
    })
    expect(readAxisValues(field('scheduler'), 'DDIM,，K_EULER，Nothing')).toEqual({
      values: ['DDIM', 'K_EULER'],
      bad: ['Nothing'],
    })
  })
})

describe('the cells of a sweep', () => {
  it('are all pairs, row by row', () => {
    const cells = sweepCells(
      [
        { field: field('steps'), word: null, values: [10, 20, 30] },
        { field: field('scheduler'), word: null, values: ['DDIM', 'PNDM'] },
      ],
      {},
    )
    expect(cells.map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ])
    expect(cells[5].values).toEqual({ num_inference_steps: 30, scheduler: 'PNDM' })
  })

  it('put two words into one prompt', () => {
    const prompt = field('prompt')
    const cells = sweepCells(
      [
        { field: prompt, word: 'cat', values: ['cat', 'dog'] },
        { field: prompt, word: 'red', values: ['$& blue'] },
      ],
      { prompt: 'a red cat on a red chair' },
    )
    expect(cells.map(({ values }) => values['prompt'])).toEqual([
      'a $& blue cat on a $& blue chair',
      'a $& blue dog on a $& blue chair',
    ])
  })

  it('with one axis are one row, without any are none', () => {
    expect(sweepCells([{ field: field('seed'), word: null, values: [1, 2] }], {})).toHaveLength(2)
    expect(sweepCells([], {})).toEqual([])
  })
})

it('a cost is known for each run, and by the second once runs were timed', () => {
  expect(costOf(12, { per: 'run', amount: 0.01 }, null)).toBeCloseTo(0.12)
  expect(costOf(12, { per: 'second', amount: 0.001 }, 5000)).toBeCloseTo(0.06)
  expect(costOf(12, { per: 'second', amount: 0.001 }, null)).toBeNull()
})
