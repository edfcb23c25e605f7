import { expect, it } from 'vitest'
import { createMask } from '../mask'
import { guideLinesOf, guidesFrom, isOverMask } from './guideLines'
import { type MaskCommand, replayCommands, type StrokeCommand } from './maskCommand'

const FRAME = { x: 0, y: 0, width: 100, height: 80 }

function stroke(mode: 'paint' | 'erase', size: number, ...points: [number, number][]): StrokeCommand {
  const at = points.map(([x, y]) => ({ x, y, pressure: 255 }))
  return { kind: 'stroke', mode, size, hardness: 100, opacity: 100, points: at }
}

const across = stroke('paint', 1, [10, 40], [50, 42], [90, 40])
const down = stroke('paint', 1, [20, 5], [20, 30])

it('lines are the strokes since the last clear, as they were drawn', () => {
  const commands: MaskCommand[] = [down, { kind: 'clear' }, across, { kind: 'invert' }, down]
  const [first, second, ...more] = guideLinesOf(commands)
  expect(first.points).toEqual([
    { x: 10, y: 40 },
    { x: 50, y: 42 },
    { x: 90, y: 40 },
  ])
  expect(second.points).toHaveLength(2)
  expect(more).toEqual([])
  expect(guidesFrom([second], { x: 5, y: 3 })).toEqual([
    {
      points: [
        { x: 15, y: 2 },
        { x: 15, y: 27 },
      ],
    },
  ])
})

it.each([
  ['crosses it between two points', stroke('erase', 1, [60, 20], [60, 70]), 1],
  ['ends beside it', stroke('erase', 12, [60, 20], [60, 36]), 1],
  ['is a dab on it', stroke('erase', 12, [88, 44]), 1],
  ['stays away from both', stroke('erase', 12, [60, 20], [60, 30]), 2],
  ['crosses both', stroke('erase', 1, [5, 20], [30, 20], [30, 70]), 0],
])('an erasing stroke that %s', (_name, erasing, left) => {
  expect(guideLinesOf([across, down, erasing])).toHaveLength(left)
  // What is drawn later stays.
  expect(guideLinesOf([erasing, across, down])).toHaveLength(2)
})

it('a line counts where some of it is masked, also between its points and beyond the picture', () => {
  const mask = createMask(FRAME)
  replayCommands(mask, [{ kind: 'rectangle', mode: 'paint', rect: { x: 30, y: 35, width: 8, height: 10 } }])
  const line = (...points: [number, number][]) => guideLinesOf([stroke('paint', 1, ...points)])[0]
  expect(isOverMask(line([-20, 40], [120, 40]), mask)).toBe(true)
  expect(isOverMask(line([10, 30], [90, 30]), mask)).toBe(false)
  expect(isOverMask(line([-30, -5], [-5, 90]), mask)).toBe(false)
})
