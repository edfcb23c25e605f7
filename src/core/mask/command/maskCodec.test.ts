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

  it('of earlier versions keep their meaning: without the flag edges are smoothed', () => {
    const stroke = Uint8Array.of(0, 40, 100, 100, 1, 20, 20)
    const grow = Uint8Array.of(7, 3)
    const point = { x: 5, y: 5, pressure: 255 }
    const old = {
      kind: 'stroke',
      mode: 'paint',
      size: 40,
      hardness: 100,
      opacity: 100,
      points: [point],
    } as const
    expect(decodeCommands(stroke)).toEqual([old])
    expect(decodeCommands(grow)).toEqual([{ kind: 'grow', radius: 3 }])
    expect([...encodeCommands([{ ...old, crisp: true }])]).toEqual([128, ...stroke.subarray(1)])
    expect([...encodeCommands([{ kind: 'grow', radius: 3, crisp: true }])]).toEqual([128 + 7, 3])
  })
})
