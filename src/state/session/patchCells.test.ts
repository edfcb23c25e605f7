import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeRegion } from '../../core/document/composeRegion'
import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import { replayCoverage } from '../../core/document/coverageReplay'
import { editPatches } from '../../core/document/edits'
import { rectOf } from '../../core/geometry'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { cellsOver } from './patchCells'
import { createPatchComposer } from './patchComposer'
import { layersOf, readPicture } from './patches'
import type { SourceImage } from './source'
import { anyAlpha, noise } from '../../core/image/noise.testkit'

const SIZE = { width: 700, height: 420 }
/** Reaches beyond the picture on two sides. */
const RECT = { x: -40, y: 30, width: 650, height: 420 }

const BASE = noise(SIZE.width, SIZE.height, 1, anyAlpha)
const OWN = noise(RECT.width, RECT.height, 2, anyAlpha)
const SOURCE: SourceImage = {
  key: 'base',
  name: 'b',
  pixels: BASE,
  levels: [],
  opaque: false,
  file: null,
  link: { kind: 'sample', id: 's' },
}

type ComposerPorts = Parameters<typeof createPatchComposer>[0]

const levels = { levels: [], opaque: false }
const composerOf = (draw: () => Promise<typeof levels>, nextTask: () => Promise<void>) =>
  createPatchComposer(
    {
      codec: { levels: draw },
      page: { nextTask },
      patches: { compose: () => Promise.reject(new Error('not a painted patch')) },
    } as unknown as ComposerPorts,
    { load: () => Promise.resolve(OWN) } as unknown as Parameters<typeof createPatchComposer>[1],
  )
const composer = composerOf(
  () => Promise.resolve(levels),
  () => Promise.resolve(),
)

const strokes: fc.Arbitrary<MaskCommand> = fc.record({
  kind: fc.constant('stroke' as const),
  mode: fc.constantFrom('paint' as const, 'erase' as const),
  size: fc.integer({ min: 1, max: 160 }),
  hardness: fc.nat(100),
  opacity: fc.integer({ min: 1, max: 100 }),
  points: fc.array(
    fc.record({
      x: fc.integer({ min: -60, max: 760 }),
      y: fc.integer({ min: -60, max: 480 }),
      pressure: fc.integer({ min: 1, max: 255 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
})

const dab = (x: number, y: number): MaskCommand => ({
  kind: 'stroke',
  mode: 'paint',
  size: 40,
  hardness: 100,
  opacity: 100,
  points: [{ x, y, pressure: 255 }],
})

function painted(first: MaskCommand, blend: Patch['blend']): Patch {
  const from = { runId: 'r', place: 0 }
  const common = { id: 'p', from, pixels: 'own', rect: RECT, coverageFrame: rectOf(SIZE) }
  const patch = { ...common, coverage: [first], blend, visible: true }
  // Its first stroke has been drawn.
  replayCoverage(patch)
  return patch
}

/** The bytes of the picture as the document says it is. */
function replayed(patches: readonly Patch[]): Buffer {
  const base = { key: 'base', name: 'b', ...SIZE, link: SOURCE.link }
  const fresh = patches.map((patch) => ({ ...patch, coverage: [...patch.coverage] }))
  const pixelsOf = (key: string) => (key === 'base' ? BASE : OWN)
  return Buffer.from(composeRegion({ base, patches: fresh }, rectOf(SIZE), pixelsOf).data)
}

const shown = (source: SourceImage) => Buffer.from(readPicture(source, rectOf(SIZE)).data)

describe('the cells of a painted result', () => {
  it('cover what they are asked for once, on one grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -900, max: 900 }), fc.integer({ min: 1, max: 900 }), (x, width) => {
        const area = { x: -300, y: -10, width: 900, height: 40 }
        const cells = cellsOver({ x, y: 0, width, height: 20 }, area)
        const columns = new Set<number>()
        for (const cell of cells) {
          expect(cell.width > 0 && cell.height > 0 && cell.width <= 256).toBe(true)
          expect(cellsOver(cell, area)).toEqual([cell])
          for (let at = cell.x; at < cell.x + cell.width; at++) if (cell.y >= 0) columns.add(at)
        }
        for (let at = Math.max(x, -300); at < Math.min(x + width, 600); at++)
          expect(columns.has(at)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('show after each stroke what a replay of all makes, byte by byte', async () => {
    const blends = [
      PLAIN_BLEND,
      { ...PLAIN_BLEND, opacity: 60 },
      { ...PLAIN_BLEND, featherPx: 9, growPx: -3 },
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(strokes, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...blends),
        async ([first, ...more], blend) => {
          let patches: readonly Patch[] = [painted(first, blend)]
          let source = await composer.compose(SOURCE, patches)
          for (const command of more) {
            patches = editPatches(patches, { kind: 'patch.paint', id: 'p', command })
            source = await composer.compose(source, patches)
          }
          expect(shown(source).equals(replayed(patches))).toBe(true)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('fail together where one cannot be drawn, though others are still being made', async () => {
    const failing = composerOf(
      () => Promise.reject(new Error('no worker')),
      () => new Promise((resolve) => setImmediate(resolve)),
    )
    const unheeded: unknown[] = []
    const note = (reason: unknown) => unheeded.push(reason)
    process.on('unhandledRejection', note)
    const wide = { ...dab(256, 256), size: 200 } as MaskCommand
    await expect(failing.compose(SOURCE, [painted(wide, PLAIN_BLEND)])).rejects.toThrow('no worker')
    process.off('unhandledRejection', note)
    expect(unheeded).toEqual([])
  })

  it('stay the same objects where a stroke does not meet them', async () => {
    const patches = [painted(dab(120, 120), PLAIN_BLEND)]
    const before = await composer.compose(SOURCE, patches)
    const further = editPatches(patches, { kind: 'patch.paint', id: 'p', command: dab(560, 300) })
    const after = await composer.compose(before, further)
    const [first] = layersOf(before)
    expect(layersOf(before)).toHaveLength(1)
    expect(layersOf(after)).toHaveLength(2)
    expect(layersOf(after)).toContain(first)
  })
})
