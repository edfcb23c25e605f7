import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type UndoEntry, UndoStack } from './undoStack'

class Step implements UndoEntry {
  readonly id: number
  isPacked = false
  private readonly unpacked: number

  constructor(id: number, unpacked: number) {
    this.id = id
    this.unpacked = unpacked
  }

  get bytes(): number {
    return this.isPacked ? Math.ceil(this.unpacked / 10) : this.unpacked
  }

  pack(timeLeft: () => boolean): void {
    if (timeLeft()) this.isPacked = true
  }
}

const BUDGET = 1000
const MIN_STEPS = 5
/** Two steps on each side of the present may be unpacked. */
const NEAR = 4

const unpack = (step: Step) => {
  step.isPacked = false
}

type Action = { kind: 'push'; bytes: number } | { kind: 'undo' | 'redo' | 'pack' }
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('push' as const), bytes: fc.integer({ min: 1, max: 900 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'pack' as const) }),
  },
)

describe('UndoStack', () => {
  it('undoes and redoes the newest steps in their order, whatever was packed or dropped', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const stack = new UndoStack<Step>({ budgetBytes: BUDGET, minSteps: MIN_STEPS })
        const past: number[] = []
        const future: number[] = []
        actions.forEach((next, id) => {
          if (next.kind === 'push') {
            stack.push(new Step(id, next.bytes))
            past.push(id)
            future.length = 0
          } else if (next.kind === 'pack') stack.pack(() => true)
          else {
            const [from, to] = next.kind === 'undo' ? [past, future] : [future, past]
            const step = stack[next.kind](unpack)
            if (step) {
              expect(step.id).toBe(from.pop())
              to.push(step.id)
            } else from.length = 0
          }
        })
      }),
    )
  })

  it('holds no more than its budget besides the steps nearest to the present', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
        const stack = new UndoStack<Step>({ budgetBytes: BUDGET, minSteps: MIN_STEPS })
        for (const next of actions) {
          if (next.kind === 'push') stack.push(new Step(0, next.bytes))
          else if (next.kind === 'pack') {
            stack.pack(() => true)
            expect(stack.bytes).toBeLessThanOrEqual(BUDGET)
          } else stack[next.kind](unpack)
          expect(stack.bytes).toBeLessThanOrEqual(BUDGET + NEAR * 900)
        }
      }),
    )
  })

  it('keeps the fewest steps it promises, whatever they weigh', () => {
    const stack = new UndoStack<Step>({ budgetBytes: BUDGET, minSteps: MIN_STEPS })
    for (let id = 0; id < 20; id++) stack.push(new Step(id, 90_000))
    stack.pack(() => true)
    let undone = 0
    while (stack.undo(unpack)) undone++
    expect(undone).toBe(MIN_STEPS)
    expect(stack.canRedo).toBe(true)
  })

  it('drops nothing that fits when it is packed', () => {
    const stack = new UndoStack<Step>({ budgetBytes: BUDGET, minSteps: MIN_STEPS })
    for (let id = 0; id < 40; id++) stack.push(new Step(id, 200))
    let undone = 0
    while (stack.undo(unpack)) undone++
    expect(undone).toBe(40)
  })

  it('stops packing when the time is over, and goes on the next time', () => {
    const stack = new UndoStack<Step>({ budgetBytes: BUDGET, minSteps: MIN_STEPS })
    for (let id = 0; id < 6; id++) stack.push(new Step(id, 100))
    let slices = 0
    for (let more = true; more; slices++) {
      let left = 2
      more = stack.pack(() => left-- > 0)
    }
    expect(slices).toBe(2)
    expect(stack.bytes).toBe(4 * 10 + 2 * 100)
  })
})
