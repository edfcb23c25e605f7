import { composePatch } from '../../src/core/document/composePatch'
import { type Blend, type Patch, PLAIN_BLEND } from '../../src/core/document/document'
import { LiveBlend } from '../../src/core/document/liveBlend'
import { rectOf } from '../../src/core/geometry'
import { createRgba, type RgbaImage } from '../../src/core/image/raster'
import { readPicture, withPatches } from '../../src/state/session/patches'
import type { ShownPatch, SourceImage } from '../../src/state/session/source'

interface Measured {
  readonly what: string
  readonly ms: number
  /** A copy of the bytes that the work reads. */
  readonly floorMs: number
}

const SIDE = 1024
const PICTURES = [
  // At most so many px a px of the screen shows in a pane of 1030 x 800.
  { name: '12 MP', width: 4000, height: 3000, fitted: 2 },
  { name: '50 MP', width: 8660, height: 5774, fitted: 4 },
] as const

function noise(width: number, height: number): RgbaImage {
  const image = createRgba(width, height)
  const words = new Uint32Array(image.data.buffer)
  for (let p = 0; p < words.length; p++) words[p] = 0xff000000 | Math.imul(p, 2654435761)
  return image
}

function medianOf(count: number, work: (k: number) => void): number {
  work(0)
  const times = Array.from({ length: count }, (_, k) => {
    const start = performance.now()
    work(k + 1)
    return performance.now() - start
  })
  return times.toSorted((a, b) => a - b)[count >> 1]
}

function patchAt(x: number, y: number, frame: { readonly width: number; readonly height: number }): Patch {
  const rect = { x, y, width: SIDE, height: SIDE }
  const hole = { x: x + 100, y: y + 100, width: SIDE - 200, height: SIDE - 200 }
  return {
    id: `${x} ${y}`,
    from: null,
    pixels: 'p',
    rect,
    coverage: [{ kind: 'ellipse', mode: 'paint', rect: hole }],
    coverageFrame: rectOf(frame),
    blend: PLAIN_BLEND,
    visible: true,
  }
}

/** A patch of 1024 px while its blend is dragged, its tones, and whole pictures with many patches. */
export function measureResults(frames: number, report: (measured: Measured) => void): void {
  const pixels = noise(SIDE, SIDE)
  const below = noise(SIDE, SIDE)
  const copyMs = medianOf(frames, () => void pixels.data.slice())
  for (const { name, fitted, ...size } of PICTURES) {
    const patch = patchAt(900, 900, size)
    const drags: [string, (k: number) => Partial<Blend>][] = [
      ['opacity', (k) => ({ featherPx: 24, opacity: 30 + (k % 60) })],
      ['feather', (k) => ({ featherPx: 8 + (k % 40) })],
      ['feather, 100 px and more', (k) => ({ featherPx: 100 + (k % 28) })],
      ['grow', (k) => ({ growPx: 1 + (k % 40) })],
      ['grow, feathered', (k) => ({ growPx: 1 + (k % 40), featherPx: 24 })],
    ]
    for (const [what, change] of drags) {
      const live = new LiveBlend({ patch, pixels, below, above: [] })
      const ms = medianOf(
        frames,
        (k) => void live.draw({ ...PLAIN_BLEND, ...change(k) }, { seen: patch.rect, scale: 1 }),
      )
      report({ what: `drag ${what}, 1024 px in ${name} at 1:1`, ms, floorMs: copyMs })
      const fittedMs = medianOf(
        frames,
        (k) => void live.draw({ ...PLAIN_BLEND, ...change(k) }, { seen: patch.rect, scale: fitted }),
      )
      report({ what: `drag ${what}, 1024 px in ${name}, fitted`, ms: fittedMs, floorMs: copyMs })
    }
    const tones = { 'colour match': { matchColor: true }, 'seam repair': { seam: 'gradient' } } as const
    for (const [what, change] of Object.entries(tones)) {
      const toned = { ...patch, blend: { ...PLAIN_BLEND, ...change } }
      const ms = medianOf(frames, () => void composePatch(toned, pixels, below))
      report({ what: `${what}, 1024 px in ${name}`, ms, floorMs: copyMs })
    }
    measureWhole(name, size, frames, report)
  }
}

function measureWhole(
  name: string,
  { width, height }: { readonly width: number; readonly height: number },
  frames: number,
  report: (measured: Measured) => void,
): void {
  const image = noise(width, height)
  const crop = noise(SIDE, SIDE)
  const source: SourceImage = {
    key: 'base',
    name: 'base.png',
    pixels: image,
    levels: [],
    opaque: true,
    file: null,
    link: { kind: 'sample', id: 's' },
  }
  const count = Math.max(3, frames >> 2)
  const floorMs = medianOf(count, () => void image.data.slice())
  for (const patches of [1, 10, 50]) {
    const shown = Array.from({ length: patches }, (_, k): ShownPatch => {
      const x = (k * 619) % (width - SIDE)
      const y = (k * 431) % (height - SIDE)
      const patch = patchAt(x, y, { width, height })
      const layer = { rect: patch.rect, crop, levels: [], opaque: true }
      return { patch, layers: [layer], isMissing: false }
    })
    const picture = withPatches(source, shown)
    const ms = medianOf(count, () => void readPicture(picture, rectOf(image)))
    report({ what: `compose ${name} with ${patches} patches`, ms, floorMs })
  }
}
