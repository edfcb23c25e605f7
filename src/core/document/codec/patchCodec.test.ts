import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors'
import { rectOf } from '../../geometry'
import { composeRegion } from '../composeRegion'
import { MAX_PATCHES, type Patch, PLAIN_BLEND } from '../document'
import { patch, patchList } from '../document.testkit'
import { createRgba } from '../../image/raster'
import { decodePatches, encodePatches, type StoredPatch, storedPatchesSchema } from './patchCodec'

const CANVAS = { x: 0, y: 0, width: 90, height: 70 }

const [STORED] = encodePatches([
  {
    id: 'a',
    from: { runId: 'r', place: 0 },
    pixels: 'p',
    rect: CANVAS,
    coverage: [{ kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 7, height: 8 } }],
    coverageFrame: CANVAS,
    blend: PLAIN_BLEND,
    visible: true,
  },
])

function read(value: unknown): readonly Patch[] | null {
  const result = v.safeParse(storedPatchesSchema, value)
  return result.success ? decodePatches(result.output) : null
}

/** The patch with another value at a path of keys. */
function withValue(path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(STORED) as unknown as Record<string, unknown>
  let part = copy
  for (const name of path.slice(0, -1)) part = part[name] as Record<string, unknown>
  part[path.at(-1)!] = value
  return copy
}

describe('stored patches', () => {
  it('read(stored patches) = patches', () => {
    fc.assert(
      fc.property(patchList(CANVAS), (patches) => {
        expect(read(structuredClone(encodePatches(patches)))).toEqual(patches)
      }),
    )
  })

  it('make the same picture again, byte by byte', () => {
    const base = { key: 'base', name: 'b', width: 90, height: 70, link: { kind: 'sample', id: 's' } } as const
    fc.assert(
      fc.property(patchList(CANVAS), (patches) => {
        const pixels = new Map(
          patches.map(({ pixels: key, rect }, i) => {
            const image = createRgba(rect.width, rect.height)
            image.data.fill(40 * i + 90)
            return [key, image]
          }),
        )
        pixels.set('base', createRgba(90, 70))
        const compose = (shown: readonly Patch[]) =>
          composeRegion({ base, patches: shown }, rectOf(base), (key) => pixels.get(key)!).data
        const again = compose(read(structuredClone(encodePatches(patches)))!)
        expect(Buffer.from(again.buffer).equals(Buffer.from(compose(patches).buffer))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it.each([
    [['id'], ['', 'x'.repeat(201), 7, null]],
    [['from'], [{}, { runId: 'r' }, { runId: 'r', place: -1 }, { runId: 'r', place: 0.5 }, 'r']],
    [['pixels'], ['', 'x'.repeat(201), null]],
    [['rect'], [null, {}, { ...CANVAS, width: 9000, height: 9000 }]],
    [
      ['rect', 'x'],
      [0.5, 40_000, -40_000, NaN, Infinity, '0'],
    ],
    [
      ['rect', 'height'],
      [0, -1, 0.5, 40_000, NaN, Infinity],
    ],
    [
      ['coverageFrame', 'y'],
      [0.5, 40_000, NaN, -Infinity],
    ],
    [
      ['coverageFrame', 'width'],
      [0, 40_000, NaN],
    ],
    [['coverage'], [[], 'x', null, [{ kind: 'clear' }]]],
    [
      ['blend', 'featherPx'],
      [-1, 201, 0.5, NaN, null],
    ],
    [
      ['blend', 'growPx'],
      [-201, 201, 0.5, Infinity],
    ],
    [
      ['blend', 'opacity'],
      [-1, 101, 0.5, '100'],
    ],
    [
      ['blend', 'matchColor'],
      [0, null],
    ],
    [
      ['blend', 'seam'],
      ['poisson', null],
    ],
    [['visible'], [1, 'yes', undefined]],
  ] as const)('are refused with a hostile %s', (path, values) => {
    expect(read([STORED])).not.toBeNull()
    for (const value of values) expect(read([withValue(path, value)])).toBeNull()
  })

  it('are refused with an id that is there twice, and beyond the number an edit allows', () => {
    const many = (count: number): StoredPatch[] =>
      Array.from({ length: count }, (_, i) => ({ ...STORED, id: String(i) }))
    expect(read([STORED, STORED])).toBeNull()
    expect(read(many(MAX_PATCHES))).toHaveLength(MAX_PATCHES)
    expect(read(many(MAX_PATCHES + 1))).toBeNull()
  })

  it('whose coverage is damaged in any way, give a named error or other patches', () => {
    fc.assert(
      fc.property(patch(CANVAS), fc.array(fc.tuple(fc.nat(), fc.nat(255))), fc.nat(), (one, flips, cut) => {
        const [stored] = encodePatches([one])
        const { coverage } = stored
        if (coverage.length === 0) return
        for (const [at, value] of flips) coverage[at % coverage.length] = value
        try {
          decodePatches([{ ...stored, coverage: coverage.slice(0, cut % (coverage.length + 1)) }])
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
    )
  })

  it('are nothing that they are not', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        if (!Array.isArray(value) || value.length > 0) expect(read(value)).toBeNull()
      }),
    )
  })
})
