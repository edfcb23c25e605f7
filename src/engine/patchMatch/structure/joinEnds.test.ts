import { expect, it } from 'vitest'
import { baseLevel } from '../holePixels'
import { drawScene, maskWhere, type Shade } from '../scene.testkit'
import { joinedEdges } from './joinEnds'

const SIZE = { width: 240, height: 200 }
const LIGHT = [170, 176, 180]
const DARK = [60, 66, 72]

/** Edges joined or led on through a hole. */
const joinedIn = (shade: Shade, inHole: (x: number, y: number) => boolean) =>
  joinedEdges(baseLevel(drawScene(SIZE, shade), maskWhere(SIZE, inHole).data), [])

it('bits too short for the gap between them are no line, long ones are', () => {
  const inHole = (x: number, y: number) => x >= 65 && x < 175 && y >= 50 && y < 150
  const bar =
    (length: number): Shade =>
    (x, y) => {
      const isBar = Math.abs(y - 100) < 7 && x >= 65 - length && x < 175 + length
      return isBar ? DARK : LIGHT
    }
  expect(joinedIn(bar(11), inHole)).toHaveLength(0)
  expect(joinedIn(bar(50), inHole)).toHaveLength(2)
})

it('a pole goes on to the border, past what shows of it there', () => {
  const inHole = (x: number, y: number) => x >= 70 && x < 170 && y >= 8 && y < 120
  const pole =
    (from: number): Shade =>
    (x, y) =>
      y >= from && Math.abs(x - 118) < 15 ? DARK : LIGHT
  const tops = joinedIn(pole(0), inHole).map(({ ys }) => Math.min(...ys))
  expect(tops).toHaveLength(2)
  for (const top of tops) expect(top).toBeLessThan(10)
  // What is behind the hole shows that it ends.
  expect(joinedIn(pole(60), inHole)).toHaveLength(0)
})

it('one straight line is joined though both of its sides change, two that lie aside are not', () => {
  const inHole = (x: number, y: number) => x >= 80 && x < 160 && y >= 60 && y < 140
  const ridge =
    (step: number): Shade =>
    (x, y) => {
      const color = y >= 100 + (x < 120 ? 0 : step) ? [30, 34, 40] : [72, 78, 88]
      return x < 120 ? color : color.map((value) => value + 10)
    }
  expect(joinedIn(ridge(0), inHole)).toHaveLength(1)
  expect(joinedIn(ridge(16), inHole)).toHaveLength(0)
})
