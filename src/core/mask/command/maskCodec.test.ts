import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeCommands, encodeCommands } from './maskCodec'
import { commandList } from './maskCommand.testkit'

// Two tiles by two: every seam is met.
const FRAME = { x: 0, y: 0, width: 420, height: 300 }

describe('the bytes of a command list', () => {
  it('decode to the list again', () => {
    fc.assert(
      fc.property(commandList(FRAME, 8), (list) => {
        expect(decodeCommands(encodeCommands(list))).toEqual(list)
      }),
    )
  })

  it('are refused with a named error where they are damaged, never with another exception', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeCommands(bytes)
        } catch (error) {
          expect(error).toMatchObject({ code: 'share/unreadable' })
        }
      }),
    )
  })
})
