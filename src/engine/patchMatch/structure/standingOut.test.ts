import { expect, it } from 'vitest'
import { Random } from '../../random'
import { baseLevel } from '../holePixels'
import { drawScene, maskWhere, type Shade } from '../scene.testkit'
import { type EdgeEnd, PROFILE_REACH } from './edgeEnds'
import { joinedEdges } from './joinEnds'
import { isOneWay, standingOut } from './standingOut'

/** @param angle into the hole, degrees @param length of its known part, px */
function endOf(angle: number, length: number): EdgeEnd {
  const into = { x: Math.cos((angle * Math.PI) / 180), y: Math.sin((angle * Math.PI) / 180) }
  const trace = Array.from({ length }, (_, k) => ({ x: -k * into.x, y: -k * into.y }))
  return {
    at: { x: 0, y: 0 },
    into,
    trace,
    profile: new Float64Array((2 * PROFILE_REACH + 1) * 3),
    contrast: 60,
  }
}

const ends = (angles: readonly number[], length: number) => angles.map((angle) => endOf(angle, length))

it.each([
  ['rails, from both sides', true, [0, 4, -5, 180, 176, 184, 2, 182, -3, 179]],
  ['rails with one post across', true, [...Array.from({ length: 11 }, (_, k) => (k % 2) * 180), 90]],
  ['bricks', false, [90, 270, 90, 270, 90, 270, 0, 180]],
  ['slats with windows between', false, [20, 200, 20, 200, 85, 265, 80]],
  ['a net', false, [45, 135, 225, 315, 45, 135]],
])('edges run one way: %s %s', (_, expected, angles) => {
  expect(isOneWay(ends(angles, 41))).toBe(expected)
})

it('of short edges those much longer stand out, whichever way they run; long ones do all', () => {
  const horizon = endOf(90, 60)
  expect(standingOut([...ends([0, 30, 60, 90, 120], 10), horizon])).toEqual([horizon])
  const rails = ends([0, 0, 180, 180], 41)
  expect(standingOut(rails)).toEqual(rails)
})

const SIZE = { width: 240, height: 200 }
const inHole = maskWhere(SIZE, (x, y) => x >= 75 && x < 165 && y >= 55 && y < 145)
/** How many edges are joined across the hole. */
const joinedIn = (shade: Shade) => {
  const random = new Random(6)
  const grain = Int32Array.from({ length: SIZE.width * SIZE.height }, () => random.around(4))
  return joinedEdges(
    baseLevel(drawScene(SIZE, shade, grain), inHole.data, undefined, () => {}),
    [],
  ).length
}

it('courses of bricks are left to the pattern, bare courses are joined', () => {
  const grey = (value: number) => [value, value, value]
  const isCourse = (y: number) => y % 16 < 6
  const isJoint = (x: number, y: number) => (x + (Math.floor(y / 16) % 2) * 35) % 70 < 3
  expect(joinedIn((_, y) => grey(isCourse(y) ? 190 : 110))).toBeGreaterThan(4)
  expect(joinedIn((x, y) => grey(isCourse(y) || isJoint(x, y) ? 190 : 110))).toBe(0)
})
