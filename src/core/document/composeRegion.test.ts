import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersectRect, rectOf, type Rect } from '../geometry'
import { pasteBack } from '../image/composite'
import { createRgba, cropGray, cropRgba, overlayRgba, type RgbaImage } from '../image/raster'
import { commandList } from '../mask/command/maskCommand.testkit'
import { replayCommands } from '../mask/command/maskCommand'
import { createMask, readMask } from '../mask/mask'
import { composeRegion, type PixelsOf } from './composeRegion'
import { coverageMask } from './coverage'
import { type Blend, type Patch, PLAIN_BLEND } from './document'
import { patch } from './document.testkit'

const CANVAS = { x: 0, y: 0, width: 90, height: 70 }
const BASE = {
  key: 'base',
  name: 'base.png',
  width: 90,
  height: 70,
  link: { kind: 'sample', id: 's' },
} as const

/** @param alpha of every pixel; without it any, hidden colours too */
function noise(width: number, height: number, seed: number, alpha?: number): RgbaImage {
  const image = createRgba(width, height)
  let state = seed | 1
  for (let i = 0; i < image.data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223
    const byte = state >>> 24
    image.data[i] = i % 4 === 3 ? (alpha ?? (byte < 100 ? 0 : byte < 180 ? 255 : byte)) : byte
  }
  return image
}

function pixelsOf(patches: readonly Patch[], alpha?: number): PixelsOf {
  const base = noise(BASE.width, BASE.height, 77, alpha)
  const made = new Map(
    patches.map(({ pixels, rect }, i) => [pixels, noise(rect.width, rect.height, i + 5, alpha)]),
  )
  return (key) => (key === BASE.key ? base : made.get(key)!)
}

/** A rectangle that may reach beyond the picture. */
const anyRect: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: -30, max: 100 }),
  y: fc.integer({ min: -30, max: 80 }),
  width: fc.integer({ min: 1, max: 120 }),
  height: fc.integer({ min: 1, max: 100 }),
})

const patches = fc.array(patch(CANVAS), { maxLength: 4 })

function sameBytes(a: RgbaImage, b: RgbaImage): boolean {
  return a.width === b.width && Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer))
}

describe('composeRegion', () => {
  it('gives what pasteBack gives for a run with its mask', () => {
    fc.assert(
      fc.property(commandList(CANVAS, 4), anyRect, fc.boolean(), (coverage, wanted, opaque) => {
        const rect = intersectRect(wanted, CANVAS)
        fc.pre(rect.width > 0)
        const kept: Patch = {
          id: 'a',
          from: { runId: 'r', place: 0 },
          pixels: 'p',
          rect,
          coverage,
          coverageFrame: CANVAS,
          blend: PLAIN_BLEND,
          visible: true,
        }
        const pixels = pixelsOf([kept], opaque ? 255 : undefined)
        const mask = createMask(CANVAS)
        replayCommands(mask, coverage)
        const crop = pasteBack(pixels('base'), pixels('p'), readMask(mask, rect), rect)
        const shown = overlayRgba(pixels('base'), crop, rect.x, rect.y)
        expect(sameBytes(composeRegion({ base: BASE, patches: [kept] }, CANVAS, pixels), shown)).toBe(true)
      }),
    )
  })

  it('changes no byte outside the coverages as far as they are grown and feathered', () => {
    let outside = 0
    fc.assert(
      fc.property(patches, (list) => {
        const pixels = pixelsOf(list)
        const shown = composeRegion({ base: BASE, patches: list }, CANVAS, pixels)
        const reached = new Uint8Array(CANVAS.width * CANVAS.height)
        for (const { coverage, blend, visible } of list) {
          if (!visible) continue
          const mask = createMask(CANVAS)
          replayCommands(mask, coverage)
          const reach = Math.max(0, blend.growPx) + 1 + blend.featherPx
          const { data, width, height } = readMask(mask, CANVAS)
          for (let p = 0; p < data.length; p++) {
            if (data[p] === 0) continue
            const x = p % width
            const y = Math.floor(p / width)
            for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
              reached.fill(
                1,
                row * width + Math.max(0, x - reach),
                row * width + Math.min(width, x + reach + 1),
              )
            }
          }
        }
        const base = pixels('base')
        for (let p = 0; p < reached.length; p++) {
          if (reached[p] === 1) continue
          outside++
          for (let c = p * 4; c < p * 4 + 4; c++) if (shown.data[c] !== base.data[c]) return false
        }
        return true
      }),
    )
    // The law says something only where there is an outside.
    expect(outside).toBeGreaterThan(10_000)
  })

  it('in two halves equals the whole', () => {
    fc.assert(
      fc.property(patches, anyRect, fc.nat(), fc.boolean(), (list, rect, cut, down) => {
        const pixels = pixelsOf(list, 255)
        const document = { base: BASE, patches: list }
        const whole = composeRegion(document, rect, pixels)
        const at = cut % ((down ? rect.height : rect.width) + 1)
        const parts: Rect[] = down
          ? [
              { ...rect, height: at },
              { ...rect, y: rect.y + at, height: rect.height - at },
            ]
          : [
              { ...rect, width: at },
              { ...rect, x: rect.x + at, width: rect.width - at },
            ]
        for (const part of parts) {
          const inWhole = { ...part, x: part.x - rect.x, y: part.y - rect.y }
          if (part.width === 0 || part.height === 0) continue
          expect(sameBytes(composeRegion(document, part, pixels), cropRgba(whole, inWhole))).toBe(true)
        }
      }),
    )
  })

  it('puts each patch over what those below it make', () => {
    fc.assert(
      fc.property(patches, anyRect, (list, rect) => {
        const pixels = pixelsOf(list, 255)
        let current = pixels('base')
        for (const one of list) {
          const below = current
          current = composeRegion({ base: BASE, patches: [one] }, CANVAS, (key) =>
            key === 'base' ? below : pixels(key),
          )
        }
        const shown = composeRegion({ base: BASE, patches: list }, CANVAS, pixels)
        expect(sameBytes(shown, current)).toBe(true)
        const inside = intersectRect(rect, CANVAS)
        if (inside.width > 0)
          expect(
            sameBytes(
              composeRegion({ base: BASE, patches: list }, inside, pixels),
              cropRgba(current, inside),
            ),
          ).toBe(true)
      }),
    )
  })

  it('shows the base where nothing is visible, transparent where it ends', () => {
    fc.assert(
      fc.property(patches, (list) => {
        const pixels = pixelsOf(list)
        const hidden = list.map((one, i) =>
          i % 2 === 0 ? { ...one, visible: false } : { ...one, blend: { ...one.blend, opacity: 0 } },
        )
        const rect = { x: -5, y: -3, width: 100, height: 80 }
        const shown = composeRegion({ base: BASE, patches: hidden }, rect, pixels)
        expect(sameBytes(shown, overlayRgba(createRgba(100, 80), pixels('base'), 5, 3))).toBe(true)
      }),
    )
  })

  it('extends the picture by patches beyond the base', () => {
    const frame = { x: -40, y: 0, width: 130, height: 70 }
    const rect = { x: -40, y: 10, width: 60, height: 50 }
    const extended: Patch = {
      id: 'a',
      from: null,
      pixels: 'p',
      rect,
      coverage: [{ kind: 'rectangle', mode: 'paint', rect: { ...rect, width: 40 } }],
      coverageFrame: frame,
      blend: PLAIN_BLEND,
      visible: true,
    }
    const pixels = pixelsOf([extended], 255)
    const shown = composeRegion({ base: BASE, patches: [extended] }, frame, pixels)
    const canvas = overlayRgba(createRgba(130, 70), pixels('base'), 40, 0)
    const painted = cropRgba(pixels('p'), { x: 0, y: 0, width: 40, height: 50 })
    expect(sameBytes(shown, overlayRgba(canvas, painted, 0, 10))).toBe(true)
  })

  it('asks only for the pixels that change something in the rectangle', () => {
    const at = (x: number): Patch => ({
      id: `${x}`,
      from: null,
      pixels: `p${x}`,
      rect: { x, y: 0, width: 40, height: 40 },
      coverage: [{ kind: 'rectangle', mode: 'paint', rect: { x: x + 15, y: 15, width: 5, height: 5 } }],
      coverageFrame: CANVAS,
      blend: { ...PLAIN_BLEND, featherPx: 3 },
      visible: true,
    })
    const list = [at(0), at(45)]
    const pixels = pixelsOf(list)
    const asked = (rect: Rect) => {
      const keys: string[] = []
      composeRegion({ base: BASE, patches: list }, rect, (key) => {
        keys.push(key)
        return pixels(key)
      })
      return keys
    }
    expect(asked({ x: 0, y: 0, width: 40, height: 40 })).toEqual(['base', 'p0'])
    expect(asked({ x: 45, y: 0, width: 40, height: 40 })).toEqual(['base', 'p45'])
    expect(asked({ x: 0, y: 0, width: 10, height: 70 })).toEqual(['base'])
    expect(asked({ x: -20, y: 0, width: 10, height: 70 })).toEqual([])
  })

  it('refuses pixels of another size', () => {
    expect(() => composeRegion({ base: BASE, patches: [] }, CANVAS, () => createRgba(9, 9))).toThrow(
      RangeError,
    )
  })
})

describe('coverage', () => {
  const rect = { x: 10, y: 10, width: 60, height: 50 }
  const square: Patch = {
    id: 'a',
    from: null,
    pixels: 'p',
    rect,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect: { x: 30, y: 30, width: 20, height: 10 } }],
    coverageFrame: CANVAS,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const row = (growPx: number, featherPx: number) => {
    const { data } = coverageMask(
      { ...square, blend: { ...PLAIN_BLEND, growPx, featherPx } },
      {
        x: 20,
        y: 35,
        width: 20,
        height: 1,
      },
    )
    return { first: data.findIndex((value) => value > 0) + 20, full: data.indexOf(255) + 20, data }
  }

  it('grows, shrinks and softens to both sides', () => {
    expect(row(0, 0)).toMatchObject({ first: 30, full: 30 })
    expect(row(4, 0).first).toBe(26)
    expect(row(-3, 0).full).toBe(33)
    expect(row(0, 4)).toMatchObject({ first: 26, full: 34 })
    const { data } = row(0, 4)
    expect([...data]).toEqual([...data].toSorted((a, b) => a - b))
  })

  it('of a part is the part of the whole, wherever the part ends', () => {
    fc.assert(
      fc.property(patch(CANVAS), fc.integer({ min: 3, max: 40 }), ({ coverage, blend: some }, size) => {
        const one = { ...square, rect: CANVAS, coverage, blend: some }
        const whole = coverageMask(one, CANVAS)
        for (let y = 0; y < CANVAS.height; y += size) {
          for (let x = 0; x < CANVAS.width; x += size) {
            const part = intersectRect({ x, y, width: size, height: size }, CANVAS)
            const { data } = coverageMask(one, part)
            expect(Buffer.compare(data, cropGray(whole, part).data)).toBe(0)
          }
        }
      }),
    )
  })

  it('is not softened at the edge of the picture it was painted on', () => {
    const whole: Patch = {
      ...square,
      rect: CANVAS,
      coverage: [{ kind: 'invert' }],
      blend: { ...PLAIN_BLEND, featherPx: 8, growPx: -5 },
    }
    expect(coverageMask(whole, CANVAS).data.every((value) => value === 255)).toBe(true)
  })

  it('does not leave the patch', () => {
    const narrow = { ...square, rect: { ...rect, width: 25 }, blend: { ...PLAIN_BLEND, growPx: 20 } }
    const { data, width } = coverageMask(narrow, CANVAS)
    data.forEach((value, p) => {
      if (value > 0) expect(p % width).toBeLessThan(35)
    })
  })
})

describe('a repaired seam', () => {
  const rect = { x: 6, y: 5, width: 76, height: 60 }
  const hole = { x: 26, y: 20, width: 36, height: 28 }
  /** Slow waves, as of a sky. */
  const base = createRgba(90, 70)
  for (let p = 0, i = 0; p < 90 * 70; p++, i += 4) {
    const [x, y] = [p % 90, Math.floor(p / 90)]
    base.data.set([120 + x * 0.5, 90 + 20 * Math.sin(y / 14), 140 - y * 0.4, 255], i)
  }
  const patchWith = (kind: 'rectangle' | 'ellipse', change: Partial<Blend>): Patch => ({
    id: 'a',
    from: null,
    pixels: 'p',
    rect,
    coverage: [{ kind, mode: 'paint', rect: hole }],
    coverageFrame: CANVAS,
    blend: { ...PLAIN_BLEND, ...change },
    visible: true,
  })
  /** The mean step of colours between neighbours across the coverage's edge, less the base's own. */
  const stepOf = (one: Patch, came: RgbaImage) => {
    const shown = composeRegion({ base: BASE, patches: [one] }, CANVAS, (key) =>
      key === 'base' ? base : came,
    )
    const { data } = coverageMask(one, CANVAS)
    let sum = 0
    let count = 0
    for (let p = 0; p + 90 < data.length; p++) {
      for (const q of [p + 1, p + 90]) {
        if (data[p] > 0 === data[q] > 0 || (q === p + 1 && q % 90 === 0)) continue
        for (let c = 0; c < 3; c++) {
          const step = shown.data[4 * p + c] - shown.data[4 * q + c]
          const own = base.data[4 * p + c] - base.data[4 * q + c]
          sum += Math.abs(step - own)
          count++
        }
      }
    }
    return sum / count
  }

  it('lowers a step by 80 % and more, whatever its colour, slope and shape', () => {
    const level = fc.integer({ min: -45, max: 45 }).filter((value) => Math.abs(value) >= 12)
    fc.assert(
      fc.property(
        fc.tuple(level, level, level),
        fc.double({ min: -0.15, max: 0.15, noNaN: true }),
        fc.constantFrom('rectangle' as const, 'ellipse' as const),
        fc.boolean(),
        (levels, slope, kind, matchColor) => {
          const came = cropRgba(base, rect)
          for (let i = 0; i < came.data.length; i++) {
            const x = ((i >> 2) % rect.width) - rect.width / 2
            if (i % 4 < 3) came.data[i] += levels[i % 4] + slope * x
          }
          const before = stepOf(patchWith(kind, {}), came)
          const after = stepOf(patchWith(kind, { seam: 'gradient', matchColor }), came)
          expect(before).toBeGreaterThan(5)
          expect(after).toBeLessThan(0.2 * before)
        },
      ),
    )
  })

  it('leaves a patch that fits as it is', () => {
    const came = cropRgba(base, rect)
    const fitting = patchWith('ellipse', { seam: 'gradient', matchColor: true })
    const shown = composeRegion({ base: BASE, patches: [fitting] }, CANVAS, (key) =>
      key === 'base' ? base : came,
    )
    expect(sameBytes(shown, base)).toBe(true)
  })
})

describe('matched colour', () => {
  it('takes back a shift that the model gave everything', () => {
    const base = noise(90, 70, 3, 255)
    base.data.forEach((value, i) => {
      if (i % 4 < 3) base.data[i] = 60 + (value >> 1)
    })
    const rect = { x: 10, y: 10, width: 60, height: 50 }
    const came = cropRgba(base, rect)
    for (let i = 0; i < came.data.length; i += 4) {
      came.data[i] += 12
      came.data[i + 1] -= 7
    }
    const matched: Patch = {
      id: 'a',
      from: null,
      pixels: 'p',
      rect,
      coverage: [{ kind: 'ellipse', mode: 'paint', rect: { x: 30, y: 30, width: 20, height: 15 } }],
      coverageFrame: CANVAS,
      blend: { ...PLAIN_BLEND, matchColor: true, featherPx: 2 },
      visible: true,
    }
    const pixels: PixelsOf = (key) => (key === 'base' ? base : came)
    expect(sameBytes(composeRegion({ base: BASE, patches: [matched] }, rectOf(base), pixels), base)).toBe(
      true,
    )
    const plain = { ...matched, blend: PLAIN_BLEND }
    expect(sameBytes(composeRegion({ base: BASE, patches: [plain] }, rectOf(base), pixels), base)).toBe(false)
  })

  it('does nothing where no surroundings are left to compare with', () => {
    const rect = { x: 0, y: 0, width: 20, height: 20 }
    const full: Patch = {
      id: 'a',
      from: null,
      pixels: 'p',
      rect,
      coverage: [{ kind: 'invert' }],
      coverageFrame: CANVAS,
      blend: { ...PLAIN_BLEND, matchColor: true },
      visible: true,
    }
    const pixels = pixelsOf([full], 255)
    const shown = composeRegion({ base: BASE, patches: [full] }, rect, pixels)
    expect(sameBytes(shown, pixels('p'))).toBe(true)
  })
})
