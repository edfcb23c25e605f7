import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayCommands } from './command/maskCommand'
import { commandList } from './command/maskCommand.testkit'
import { createMask } from './mask'
import { packTile, unpackTile } from './packTile'
import { TILE_BYTES, TILE_SIZE, type Tile, updatePyramid } from './tiles'

const PIXELS = TILE_SIZE * TILE_SIZE

function tileOf(pixel: (i: number) => number): Tile {
  const tile: Tile = new Uint8Array(TILE_BYTES)
  for (let i = 0; i < PIXELS; i++) tile[i] = pixel(i)
  updatePyramid(tile, 0, 0, TILE_SIZE, TILE_SIZE)
  return tile
}

function expectSame(tile: Tile): void {
  expect(Buffer.compare(unpackTile(packTile(tile)!), tile)).toBe(0)
}

describe('packTile', () => {
  it('gives every byte of a drawn tile back', () => {
    const frame = { x: 0, y: 0, width: 256, height: 256 }
    fc.assert(
      fc.property(commandList(frame, 4), (commands) => {
        const mask = createMask(frame)
        replayCommands(mask, commands)
        if (mask.tiles[0]) expectSame(mask.tiles[0])
      }),
      { numRuns: 30 },
    )
  })

  it('gives every byte of any tile back', () => {
    const values = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 3000 })), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.uint8Array({ minLength: 1, maxLength: 12_000 }), (runs, noise) => {
        const tile = tileOf(() => 0)
        let at = 0
        for (const [value, length] of runs) {
          tile.fill(value, at, Math.min(PIXELS, at + length))
          at = Math.min(PIXELS, at + length)
        }
        tile.set(noise, PIXELS - noise.length)
        updatePyramid(tile, 0, 0, TILE_SIZE, TILE_SIZE)
        expectSame(tile)
      }),
      { numRuns: 40 },
    )
  })

  it('gives extreme differences back', () => {
    for (const period of [1, 2, 3, 255, 256, 257])
      expectSame(tileOf((i) => (Math.floor(i / period) & 1) * 255))
    expectSame(tileOf((i) => (i % 2 === 0 ? 127 : 255)))
    expectSame(tileOf((i) => (i * 128) & 255))
  })

  it('takes a tenth of the bytes of a soft edge at most, and next to none of a flat tile', () => {
    const mask = createMask({ x: 0, y: 0, width: 256, height: 256 })
    const points = [{ x: 20, y: 300, pressure: 255 }]
    replayCommands(mask, [{ kind: 'stroke', mode: 'paint', size: 600, hardness: 0, opacity: 100, points }])
    expect(packTile(mask.tiles[0]!)!.length).toBeLessThan(TILE_BYTES / 10)
    expect(packTile(tileOf(() => 90))!.length).toBeLessThan(64)
  })

  it('leaves noise as it is', () => {
    let seed = 1
    const noise = () => (seed = (seed * 48_271) % 2_147_483_647) & 255
    expect(packTile(tileOf(noise))).toBeNull()
  })
})
