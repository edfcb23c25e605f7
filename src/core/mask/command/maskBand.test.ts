import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, type Mask, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { applyChanges, cutBands, runBand } from './maskBand'
import { applyCommand, type MaskCommand, replayCommands } from './maskCommand'
import { raster, shape, stroke } from './maskCommand.testkit'

const FRAME = { x: 0, y: 0, width: 300, height: 1100 }

const operation: fc.Arbitrary<MaskCommand> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('grow' as const, 'shrink' as const, 'feather' as const, 'smooth' as const),
    radius: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(128, 200)),
  }),
  fc.constantFrom({ kind: 'fillHoles' as const }, { kind: 'invert' as const }),
  fc.record({ kind: fc.constant('removeSpecks' as const), size: fc.integer({ min: 0, max: 9000 }) }),
  raster(FRAME),
)

function pixels(mask: Mask): Buffer {
  return Buffer.from(readMask(mask, mask.frame).data)
}

describe('computing a command in bands', () => {
  it('changes the mask as the command does, in any number of bands', () => {
    const drawn = fc.array(fc.oneof(stroke(FRAME, 3), shape(FRAME)), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(drawn, operation, fc.integer({ min: 1, max: 4 }), (commands, command, count) => {
        const mask = createMask(FRAME)
        replayCommands(mask, commands)
        const before = pixels(mask)
        const bands = structuredClone(cutBands(mask, command, count))
        const edit = new MaskEdit(mask)
        applyChanges(
          edit,
          bands.flatMap((band) => runBand(band, command)),
        )
        const inBands = pixels(mask)
        edit.revert()
        expect(pixels(mask).equals(before)).toBe(true)
        applyCommand(new MaskEdit(mask), command)
        expect(inBands.equals(pixels(mask))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves tiles that stay as they are where they are', () => {
    const mask = createMask(FRAME)
    replayCommands(mask, [
      { kind: 'rectangle', mode: 'paint', rect: { x: 20, y: 20, width: 100, height: 100 } },
      { kind: 'rectangle', mode: 'paint', rect: { x: 0, y: 768, width: 300, height: 332 } },
    ])
    const bands = cutBands(mask, { kind: 'grow', radius: 4 }, 2)
    const changed = bands
      .flatMap((band) => runBand(band, { kind: 'grow', radius: 4 }))
      .map(({ index }) => index)
    // Two columns: the small rectangle's tile, and the row above the large one.
    expect(changed.toSorted((a, b) => a - b)).toEqual([0, 4, 5])
  })
})
