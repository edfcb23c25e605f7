import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statesOf, stepsAfter, stepsTo } from './stepTree'
import type { NumberedStep } from './storedDocument'

const added = (patch: object) => ({ kind: 'patch.add', patch }) as unknown as NumberedStep['edit']
const KEPT = added({ from: { runId: 'r1', place: 0 }, pixels: 'raw' })

/** Steps as they are done: each after any of those before it. */
const tree = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 40 }).map((list) =>
  list.map(([parent, isKept], place) => ({
    number: place + 1,
    parent: parent % (place + 1),
    at: null,
    edit: isKept ? KEPT : null,
  })),
)

describe('the steps of a document', () => {
  it('that lead to one start at the picture as opened, each after its parent', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (steps, which) => {
        const tip = which % (steps.length + 1)
        const path = stepsTo(steps, tip)
        expect(path.at(-1)?.number ?? 0).toBe(tip)
        path.forEach((step, place) => expect(step.parent).toBe(path[place - 1]?.number ?? 0))
      }),
    )
  })

  it('are all reached by a state at their end: nothing that was done is out of reach', () => {
    fc.assert(
      fc.property(tree, fc.nat(), (steps, which) => {
        const tip = which % (steps.length + 1)
        const states = statesOf(steps, tip)
        const reached = new Set(
          states.flatMap(({ number }) => stepsTo(steps, number).map((one) => one.number)),
        )
        expect(reached.size).toBe(steps.length)
        expect(states.filter(({ isCurrent }) => isCurrent).map(({ number }) => number)).toEqual([tip])
        expect(new Set(states.map(({ number }) => number)).size).toBe(states.length)
        for (const { number, edit } of steps)
          if (edit) expect(states.map((state) => state.number)).toContain(number)
        expect(states[0]).toMatchObject({ number: 0, kind: 'opened', depth: 0 })
      }),
    )
  })

  it('lie in one line as long as nothing was undone', () => {
    const steps = [1, 2, 3, 4].map((number) => ({
      number,
      parent: number - 1,
      at: null,
      edit: number === 2 ? KEPT : null,
    }))
    expect(
      statesOf(steps, 4).map(({ number, kind, depth, steps: count }) => [number, kind, depth, count]),
    ).toEqual([
      [0, 'opened', 0, 0],
      [2, 'kept', 0, 2],
      [4, 'painted', 0, 2],
    ])
    const branch = { number: 5, parent: 2, at: null, edit: null }
    expect(statesOf([...steps, branch], 5).map(({ number, depth }) => [number, depth])).toEqual([
      [0, 0],
      [2, 0],
      [4, 1],
      [5, 0],
    ])
  })

  it('tell what the remove brush took away from results and from the original painted back', () => {
    const edits = [KEPT, added({ pixels: 'filled' }), added({ pixels: 'photo' })]
    const steps = edits.map((edit, place) => ({ number: place + 1, parent: place, at: null, edit }))
    const kinds = statesOf(steps, 3, 'photo').map(({ kind }) => kind)
    expect(kinds).toEqual(['opened', 'kept', 'removed', 'kept'])
  })

  it('whose parent is lost are not lost with it', () => {
    const steps = [
      { number: 1, parent: 0, at: null, edit: null },
      { number: 3, parent: 2, at: null, edit: null },
    ]
    expect(stepsTo(steps, 3).map(({ number }) => number)).toEqual([3])
    expect(statesOf(steps, 1).map(({ number }) => number)).toEqual([0, 1, 3])
  })

  it('are redone along the branch that Undo left, else along the newest', () => {
    const step = (number: number, parent: number) => ({ number, parent, at: null, edit: null })
    const steps = [step(1, 0), step(2, 1), step(3, 2), step(4, 1)]
    const redone = (tip: number, head?: number) => stepsAfter(steps, tip, head).map(({ number }) => number)
    expect([redone(0, 3), redone(1, 3), redone(3, 3)]).toEqual([[1, 2, 3], [2, 3], []])
    expect([redone(1), redone(1, 4), redone(2, 4), redone(1, 9)]).toEqual([[4], [4], [3], [4]])
  })

  it('may be thousands in a line', () => {
    const steps = Array.from({ length: 20_000 }, (_, place) => ({
      number: place + 1,
      parent: place,
      at: null,
      edit: null,
    }))
    expect(statesOf(steps, 20_000)).toHaveLength(2)
  })
})
