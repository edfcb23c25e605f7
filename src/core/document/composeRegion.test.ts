import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intersectRect, type Rect } from '../geometry'
import { pasteBack } from '../image/composite'
import { createRgba, cropRgba, overlayRgba } from '../image/raster'
import { commandList } from '../mask/command/maskCommand.testkit'
import { replayCommands } from '../mask/command/maskCommand'
import { createMask, readMask } from '../mask/mask'
import { composeRegion } from './composeRegion'
import { type Patch, PLAIN_BLEND } from './document'
import { BASE, CANVAS, patches, pixelsOf, sameBytes } from './composeRegion.testkit'

/** A rectangle that may reach beyond the picture. */
const anyRect: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: -30, max: 100 }),
  y: fc.integer({ min: -30, max: 80 }),
  width: fc.integer({ min: 1, max: 120 }),
  height: fc.integer({ min: 1, max: 100 }),
})

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
