import { readFileSync } from 'node:fs'
import { decode } from 'jpeg-js'
import { expect, it } from 'vitest'
import { type MaskCommand, replayCommands } from '../../core/mask/command/maskCommand'
import { createMask, readMask } from '../../core/mask/mask'
import { cropRgba, type RgbaImage } from '../../core/image/raster'
import { simdCore } from '../simd/simdCore'
import { patchMatchFill } from './patchMatchFill'

const { width, height, data } = decode(readFileSync('public/samples/rocket.jpg'), { useTArray: true })
const PHOTO: RgbaImage = { width, height, data: new Uint8ClampedArray(data) }
/** The part of the photo that a run of the first sample gets. */
const PART = { x: 56, y: 0, width: 532, height: 427 }
function stroke(size: number, ...points: readonly { readonly x: number; readonly y: number }[]): MaskCommand {
  const pressed = points.map(({ x, y }) => ({ x, y, pressure: 255 }))
  return { kind: 'stroke', mode: 'paint', size, hardness: 80, opacity: 100, points: pressed }
}

const MASK = [
  stroke(64, { x: 322, y: 148 }, { x: 322, y: 374 }),
  stroke(70, { x: 310, y: 372 }, { x: 334, y: 372 }),
]
/** Rows of the part where nothing but sky is beside the hole. */
const SKY = { from: 130, to: 330 }

function light({ data: bytes }: RgbaImage, p: number): number {
  return (bytes[p * 4] + bytes[p * 4 + 1] + bytes[p * 4 + 2]) / 3
}

it.each([0, 1, 2, 5, 9, 77, 700_580_571, 1_168_038_967, 1_401_161_143, 1_520_856_339])(
  'where the sky around is smooth, no bit of a mast hangs in the filled one: seed %i',
  async (seed) => {
    const image = cropRgba(PHOTO, PART)
    const whole = createMask({ x: 0, y: 0, width, height })
    replayCommands(whole, MASK)
    const mask = readMask(whole, PART)
    const filled = await patchMatchFill(simdCore).run(
      { image, mask, seed, quality: 'standard', patchSide: 7 },
      () => {},
    )
    let worst = 0
    for (let y = SKY.from; y < SKY.to; y++) {
      const row = y * PART.width
      let [from, to] = [PART.width, 0]
      for (let x = 0; x < PART.width; x++) {
        if (mask.data[row + x] === 0) continue
        from = Math.min(from, x)
        to = Math.max(to, x)
      }
      const around = (light(filled, row + from - 4) + light(filled, row + to + 4)) / 2
      for (let x = from; x <= to; x++) worst = Math.max(worst, Math.abs(light(filled, row + x) - around))
    }
    expect(worst).toBeLessThan(30)
  },
)
