import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noise } from './noise.testkit'
import { restsBeside } from './restsBeside'

const SIDE = 128
const GROUND = noise(SIDE, SIDE, 7)

/** A disc in the middle on grainy ground, seen whole or up to a column. */
function scene(radius: number, object: readonly number[]) {
  const data = GROUND.data.map((byte, i) => (i % 4 === 3 ? 255 : 110 + (byte >> 2)))
  const isObject = new Uint8Array(SIDE * SIDE)
  for (let p = 0; p < isObject.length; p++) {
    const [x, y] = [p % SIDE, Math.floor(p / SIDE)]
    if (Math.hypot(x - SIDE / 2, y - SIDE / 2) > radius) continue
    isObject[p] = 1
    for (let c = 0; c < 3; c++) data[p * 4 + c] = object[c] + (GROUND.data[p * 4 + c] >> 5)
  }
  return { image: { width: SIDE, height: SIDE, data }, isObject }
}

const RED = [200, 20, 40] as const
/** The object but for what lies right of a column. */
const cutAt = (column: number, isObject: Uint8Array) =>
  isObject.map((flag, p) => (flag && p % SIDE < column ? 255 : 0))

describe('rests beside a mask', () => {
  it('are all that it leaves of the object, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 40 }), fc.integer({ min: 2, max: 3 }), (radius, rest) => {
        const { image, isObject } = scene(radius, RED)
        const covered = cutAt(SIDE / 2 + radius - rest, isObject)
        const left = [...isObject.keys()].filter((p) => isObject[p] && !covered[p])
        expect(restsBeside(image, covered).toSorted((a, b) => a - b)).toEqual(left)
      }),
      { numRuns: 20 },
    )
  })

  it('are none where it takes all of it in', () => {
    const { image, isObject } = scene(30, RED)
    expect(restsBeside(image, isObject)).toEqual([])
  })

  it('are none of an object that goes on', () => {
    const { image, isObject } = scene(40, RED)
    expect(restsBeside(image, cutAt(SIDE / 2, isObject))).toEqual([])
  })

  it('are none where what is around has such colours, too', () => {
    const { image, isObject } = scene(30, [120, 120, 120])
    expect(restsBeside(image, cutAt(SIDE / 2 + 26, isObject))).toEqual([])
  })

  it('are none around all, around nothing, and of transparent pixels', () => {
    const { image, isObject } = scene(30, RED)
    expect(restsBeside(image, new Uint8Array(SIDE * SIDE))).toEqual([])
    expect(restsBeside(image, new Uint8Array(SIDE * SIDE).fill(255))).toEqual([])
    const covered = cutAt(SIDE / 2 + 26, isObject)
    for (let p = 0; p < covered.length; p++) if (!covered[p] && isObject[p]) image.data[p * 4 + 3] = 0
    expect(restsBeside(image, covered)).toEqual([])
  })
})
