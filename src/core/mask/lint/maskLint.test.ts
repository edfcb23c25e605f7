import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGray, type GrayImage } from '../../image/raster'
import { findComponents } from '../refine/components'
import { SPECK_PIXELS } from '../maskLimits'
import { lintMask, lintPatch } from './maskLint'
import { fillHoles, grow, removeSpecks } from '../refine/morphology'

const noise: fc.Arbitrary<GrayImage> = fc
  .record({
    width: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 1, max: 30 }),
    bytes: fc.array(fc.constantFrom(0, 0, 255, 255, 90), { minLength: 900, maxLength: 900 }),
  })
  .map(({ width, height, bytes }) => ({
    width,
    height,
    data: Uint8Array.from(bytes.slice(0, width * height)),
  }))

describe('parts', () => {
  it('are what a flood fill finds', () => {
    fc.assert(
      fc.property(noise, (image) => {
        const { width, height, data } = image
        const found = findComponents(image, (value) => value >= 128)
        const label = new Int32Array(data.length).fill(-1)
        for (let run = 0; run < found.part.length; run++)
          label.fill(
            found.part[run],
            found.row[run] * width + found.start[run],
            found.row[run] * width + found.end[run],
          )
        const seen = new Set<number>()
        for (let start = 0; start < data.length; start++) {
          expect(label[start] >= 0).toBe(data[start] >= 128)
          if (label[start] < 0 || seen.has(start)) continue
          const queue = [start]
          let size = 0
          let border = 0
          for (let p = queue.pop(); p !== undefined; p = queue.pop()) {
            if (seen.has(p) || data[p] < 128) continue
            seen.add(p)
            size++
            expect(label[p]).toBe(label[start])
            const x = p % width
            const y = Math.floor(p / width)
            if (x === 0 || y === 0 || x === width - 1 || y === height - 1) border = 1
            if (x > 0) queue.push(p - 1)
            if (x + 1 < width) queue.push(p + 1)
            if (y > 0) queue.push(p - width)
            if (y + 1 < height) queue.push(p + width)
          }
          expect([found.size[label[start]], found.atBorder[label[start]]]).toEqual([size, border])
        }
      }),
      { numRuns: 60 },
    )
  })
})

function disc(image: GrayImage, x0: number, y0: number, radius: number, value: number): void {
  for (let p = 0; p < image.data.length; p++) {
    if (Math.hypot((p % image.width) - x0, Math.floor(p / image.width) - y0) <= radius) image.data[p] = value
  }
}

describe('lint', () => {
  it('counts specks and pinholes beside a part of the usual size; the remedies leave none', () => {
    const image = createGray(120, 90)
    disc(image, 50, 45, 30, 255)
    disc(image, 50, 45, 2, 0)
    disc(image, 40, 30, 1, 0)
    disc(image, 110, 10, 2, 255)
    expect(lintMask(image)).toEqual({ specks: 1, pinholes: 2, faint: false, lost: false })
    const patch = lintPatch(image, lintMask(image))
    const patched = { ...image, data: image.data.map((value, p) => Math.max(value, patch.data[p])) }
    expect(lintMask(patched).pinholes).toBe(0)
    // Only the pinholes: nothing but what a fill of all holes would take.
    expect(patched.data).toEqual(fillHoles(image).data)
    expect(lintMask(removeSpecks(image, SPECK_PIXELS)).specks).toBe(0)
  })

  it('takes a small mask for what it is', () => {
    const image = createGray(60, 60)
    disc(image, 30, 30, 2, 255)
    expect(lintMask(image)).toEqual({ specks: 0, pinholes: 0, faint: false, lost: false })
  })

  it('tells a mask that no model would see', () => {
    const image = createGray(60, 60)
    disc(image, 30, 30, 20, 100)
    expect(lintMask(image).faint).toBe(true)
    expect(lintMask(lintPatch(image, lintMask(image))).faint).toBe(false)
  })

  it('tells a line that is lost at the size of the model, and growing fixes it', () => {
    const image = createGray(400, 60)
    image.data.fill(255, 30 * 400 + 5, 30 * 400 + 395)
    expect(lintMask(image, 8).lost).toBe(true)
    expect(lintMask(image, 1).lost).toBe(false)
    expect(lintMask(grow(image, 8), 8).lost).toBe(false)
  })
})
