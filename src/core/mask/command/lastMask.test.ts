import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createMask, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { lastMaskOf } from './lastMask'
import { replayMask } from './replayMask'
import { applyChanges } from './maskBand'
import { type MaskCommand, replayCommands } from './maskCommand'
import { commandList } from './maskCommand.testkit'

const FRAME = { x: 0, y: 0, width: 420, height: 300 }
const CLEAR: MaskCommand = { kind: 'clear' }
const DAB: MaskCommand = { kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 8 } }
const INVERT: MaskCommand = { kind: 'invert' }

function bytesOf(commands: readonly MaskCommand[]): Uint8Array {
  const mask = createMask(FRAME)
  replayCommands(mask, commands)
  return readMask(mask, FRAME).data
}

it('is what the last clear took away, whatever was painted since', () => {
  expect(lastMaskOf([])).toBeNull()
  expect(lastMaskOf([DAB])).toBeNull()
  expect(lastMaskOf([CLEAR])).toBeNull()
  expect(lastMaskOf([DAB, CLEAR])).toEqual([DAB])
  expect(lastMaskOf([DAB, CLEAR, CLEAR])).toEqual([DAB])
  expect(lastMaskOf([DAB, CLEAR, INVERT, DAB, CLEAR, DAB])).toEqual([INVERT, DAB])
})

it('comes back with the bytes it had, over any mask, in tiles and as a command', () => {
  fc.assert(
    fc.property(commandList(FRAME, 4), commandList(FRAME, 3), (before, since) => {
      const last = lastMaskOf([...before.filter(({ kind }) => kind !== 'clear'), CLEAR])
      const replayed = last && replayMask(FRAME, last)
      const expected = bytesOf(last ?? [])
      if (!replayed) return expected.every((byte) => byte === 0)
      const mask = createMask(FRAME)
      replayCommands(mask, since)
      const edit = new MaskEdit(mask)
      applyChanges(edit, replayed.changes)
      edit.commit()
      expect(Buffer.compare(readMask(mask, FRAME).data, expected)).toBe(0)
      expect(Buffer.compare(bytesOf([...since, replayed.command]), expected)).toBe(0)
      return true
    }),
    { numRuns: 20 },
  )
})
