import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMask, isMaskEmpty, maskAt, maskBounds, maskCoverage, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { applyCommand, effectiveCommands, replayCommands } from './maskCommand'
import { bytesOf, commandList, FRAME } from './maskCommand.testkit'
import { LEVEL_OFFSETS, TILE_LEVELS, TILE_SIZE, type Tile, updatePyramid } from '../tiles'

describe('masks', () => {
  it('take an edit back to the same bytes, and forget tiles that did not change', () => {
    fc.assert(
      fc.property(commandList(FRAME, 4), commandList(FRAME, 2), (before, after) => {
        const mask = createMask(FRAME)
        replayCommands(mask, before)
        const saved = readMask(mask, FRAME).data
        const edit = new MaskEdit(mask)
        for (const command of after) applyCommand(edit, command)
        edit.commit()
        edit.revert()
        return Buffer.compare(saved, readMask(mask, FRAME).data) === 0
      }),
      { numRuns: 40 },
    )
  })

  it('invert twice to themselves', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), (commands) => {
        const plain = bytesOf(commands)
        const twice = bytesOf([...commands, { kind: 'invert' }, { kind: 'invert' }])
        return Buffer.compare(plain, twice) === 0
      }),
      { numRuns: 20 },
    )
  })

  it('know their bounds and coverage', () => {
    fc.assert(
      fc.property(commandList(FRAME, 3), (commands) => {
        const mask = createMask(FRAME)
        replayCommands(mask, commands)
        const bounds = maskBounds(mask)
        let sum = 0
        let outside = 0
        for (let y = 0; y < FRAME.height; y++) {
          for (let x = 0; x < FRAME.width; x++) {
            const value = maskAt(mask, x, y)
            sum += value
            const inside =
              x >= bounds.x && y >= bounds.y && x < bounds.x + bounds.width && y < bounds.y + bounds.height
            if (!inside) outside += value
          }
        }
        expect(outside).toBe(0)
        expect(isMaskEmpty(mask)).toBe(sum === 0)
        expect(maskCoverage(mask)).toBeCloseTo(sum / (255 * FRAME.width * FRAME.height), 9)
      }),
      { numRuns: 15 },
    )
  })

  it('keep each pyramid level the average of the one below', () => {
    const mask = createMask(FRAME)
    replayCommands(mask, fc.sample(commandList(FRAME, 6), { numRuns: 1, seed: 5 })[0])
    for (const tile of mask.tiles) {
      if (!tile) continue
      const fresh: Tile = tile.slice()
      updatePyramid(fresh, 0, 0, TILE_SIZE, TILE_SIZE)
      expect(Buffer.compare(fresh, tile)).toBe(0)
      expect(LEVEL_OFFSETS[TILE_LEVELS]).toBe(tile.length)
    }
  })

  it('drop only what a later clear wiped out', () => {
    fc.assert(
      fc.property(commandList(FRAME, 5), (commands) => {
        return Buffer.compare(bytesOf(commands), bytesOf(effectiveCommands(commands))) === 0
      }),
      { numRuns: 20 },
    )
  })
})
