import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Rect, rectOf } from '../geometry'
import type { RgbaImage } from '../image/raster'
import { type Quarters, turnedRect, turnRgba } from '../image/rotate'
import { turnMask } from '../mask/command/turnMask'
import { composeRegion } from './composeRegion'
import type { Patch, PixelKey } from './document'
import { patch } from './document.testkit'
import { turnPatch } from './turnPatch'
import { anyAlpha, noise } from '../image/noise.testkit'

const CANVAS = { x: 0, y: 0, width: 61, height: 44 }
const LINK = { kind: 'sample', id: 's' } as const

/** A picture with what is kept over it, and the pixels by key. */
interface Stack {
  readonly base: RgbaImage
  readonly key: PixelKey
  readonly patches: readonly Patch[]
  readonly own: ReadonlyMap<PixelKey, RgbaImage>
}

function composed({ base, key, patches, own }: Stack, over: Rect): Buffer {
  const { width, height } = base
  const ref = { key, name: 'a.png', width, height, link: LINK }
  const image = composeRegion({ base: ref, patches }, over, (one) => (one === key ? base : own.get(one)!))
  return Buffer.from(image.data)
}

function turned({ base, key, patches, own }: Stack, quarters: Quarters): Stack {
  const turn = { base: { key, width: base.width, height: base.height }, key: `${key}+${quarters}`, quarters }
  return {
    base: turnRgba(base, quarters),
    key: turn.key,
    own,
    patches: patches.map((one) => {
      const { coverage, coverageFrame } = one
      return turnPatch(one, turnMask(coverageFrame, coverage, coverageFrame, 90 * quarters), turn)
    }),
  }
}

const quarters = fc.constantFrom<Quarters[]>(1, 2, 3)
/** One of them shows the base again. */
const stacks = fc
  .tuple(fc.array(patch(CANVAS), { maxLength: 4 }), fc.nat(5), fc.nat())
  .map(([list, restored, seed]) => {
    const patches = list.map((one, i) =>
      i === restored ? { ...one, pixels: 'base', rect: CANVAS } : { ...one, pixels: `p${i}` },
    )
    const own = new Map(
      patches.map(({ pixels, rect }, i) => [pixels, noise(rect.width, rect.height, seed + i, anyAlpha)]),
    )
    return { base: noise(CANVAS.width, CANVAS.height, seed + 9, anyAlpha), key: 'base', patches, own }
  })

describe('a turned stack of patches', () => {
  it('composes to the composed picture, turned, to the byte, with every blend', () => {
    fc.assert(
      fc.property(
        stacks,
        fc.array(quarters, { minLength: 1, maxLength: 3 }),
        fc.nat(20),
        (stack, turns, margin) => {
          const { width, height } = CANVAS
          const over = { x: -margin, y: -3, width: width + 2 * margin, height: height + 9 }
          let now: Stack = stack
          let rect: Rect = over
          let image: RgbaImage = {
            width: over.width,
            height: over.height,
            data: new Uint8ClampedArray(composed(stack, over)),
          }
          for (const quarter of turns) {
            rect = turnedRect(rect, now.base, quarter)
            now = turned(now, quarter)
            image = turnRgba(image, quarter)
            expect(composed(now, rect).equals(Buffer.from(image.data))).toBe(true)
          }
        },
      ),
    )
  })

  it('is the stack again after four quarters', () => {
    fc.assert(
      fc.property(stacks, (stack) => {
        const around = [1, 1, 1, 1].reduce((now) => turned(now, 1), stack as Stack)
        expect(rectOf(around.base)).toEqual(CANVAS)
        const plain = (one: Patch) => ({ ...one, pixels: '', coverage: [] })
        expect(around.patches.map(plain)).toEqual(stack.patches.map(plain))
      }),
    )
  })
})
