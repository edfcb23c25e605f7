import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringPixels } from './ring'

describe('the ring around coverage', () => {
  it('holds every uncovered pixel in reach and no other', () => {
    const image = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 24 }))
      .chain(([width, height]) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          data: fc
            .array(fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 255), {
              minLength: width * height,
              maxLength: width * height,
            })
            .map((values) => Uint8Array.from(values)),
        }),
      )
    fc.assert(
      fc.property(image, fc.integer({ min: 1, max: 9 }), (coverage, reach) => {
        const { width, data } = coverage
        const covered = [...data.keys()].filter((p) => data[p] > 0)
        const isNear = (p: number) =>
          covered.some(
            (q) =>
              Math.hypot((p % width) - (q % width), Math.floor(p / width) - Math.floor(q / width)) <=
              reach + 0.5,
          )
        const wanted = [...data.keys()].filter((p) => data[p] === 0 && isNear(p))
        expect([...ringPixels(coverage, reach)]).toEqual(wanted)
      }),
    )
  })
})
