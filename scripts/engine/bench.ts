import type { GrayImage, RgbaImage } from '../../src/core/image/raster'
import { KIND_COUNT } from '../../src/engine/fillEngine'
import { patchMatchFill } from '../../src/engine/patchMatch/patchMatchFill'
import { simdCore } from '../../src/engine/simd/simdCore'
import { MASKS } from './masks'
import { measure, type Quality } from './measure'
import { telea } from './peers'
import { PICTURES } from './pictures'

/** Pictures, masks and size of a run, and the seeds whose mean counts: as many as there are kinds, or the most trusted. */
const SIZES = [
  {
    side: 512,
    pictures: 8,
    masks: ['2 %', '5 %', '15 %', '30 %', 'object', 'scratches', 'text', 'border', 'frame'],
    seeds: KIND_COUNT,
  },
  { side: 1024, pictures: 5, masks: ['5 %', '15 %', 'scratches'], seeds: 1 },
  { side: 2048, pictures: 3, masks: ['5 %', '15 %', 'object', 'scratches', 'text'], seeds: 1 },
] as const

const ENGINES = ['SIMD', 'script', 'Telea'] as const
type EngineName = (typeof ENGINES)[number]

interface Measured extends Quality {
  readonly side: number
  readonly mask: string
  readonly seed: number
  readonly engine: EngineName
  readonly ms: number
}

export interface BenchCase {
  readonly name: string
  readonly truth: RgbaImage
  readonly mask: GrayImage
  readonly filled: RgbaImage
}

/** The picture with its hole painted over, so that no engine sees what was there. */
function withHole(image: RgbaImage, { data: mask }: GrayImage): RgbaImage {
  const data = new Uint8ClampedArray(image.data)
  for (let p = 0; p < mask.length; p++) if (mask[p]) data.set([255, 0, 255, 255], p * 4)
  return { ...image, data }
}

async function run(engine: EngineName, image: RgbaImage, mask: GrayImage, seed: number) {
  if (engine === 'Telea') return telea(image, mask)
  const fill = patchMatchFill(engine === 'SIMD' ? simdCore : undefined)
  const start = performance.now()
  const out = await fill.run({ image, mask, seed, quality: 'standard', patchSide: 7 }, () => {})
  return { image: out, ms: performance.now() - start }
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

function row(name: string, list: readonly Measured[], baseline: readonly Measured[]): string {
  const of = (key: 'psnr' | 'ssim' | 'texture' | 'seam' | 'lines' | 'repeats') =>
    mean(list.map((one) => one[key]))
  const ratio = mean(list.map(({ ms }) => ms)) / mean(baseline.map(({ ms }) => ms))
  const outside = list.reduce((sum, one) => sum + one.outside, 0)
  const cells = [
    name,
    of('psnr').toFixed(2),
    of('ssim').toFixed(3),
    of('texture').toFixed(2),
    of('seam').toFixed(2),
    of('lines').toFixed(2),
    of('repeats').toFixed(2),
    median(list.map(({ ms }) => ms)).toFixed(0),
    ratio.toFixed(1),
    String(outside),
  ]
  return `| ${cells.join(' | ')} |`
}

const HEAD = ['', 'PSNR', 'SSIM', 'texture', 'seam', 'lines', 'repeats', 'ms', 'x Telea', 'bytes outside']

function table(title: string, rows: readonly string[]): void {
  console.log(`\n${title}\n\n| ${HEAD.join(' | ')} |\n|${' --- |'.repeat(HEAD.length)}\n${rows.join('\n')}`)
}

/**
 * Runs the bench and prints its figures.
 * @param quick only 512 px, with the most trusted seed
 * @param keep called with each case of the fill at 512 px
 */
export async function bench(quick: boolean, keep: (one: BenchCase) => void): Promise<void> {
  const all: Measured[] = []
  // The first call compiles.
  const warm = PICTURES[0]!.make(128)
  for (const engine of ENGINES) await run(engine, warm, MASKS[2]!.make(128), 0)
  for (const { side, pictures, masks, seeds } of quick ? SIZES.slice(0, 1) : SIZES) {
    for (const picture of PICTURES.slice(-pictures)) {
      const truth = picture.make(side)
      for (const name of masks) {
        const mask = MASKS.find((one) => one.name === name)!.make(side)
        const image = withHole(truth, mask)
        for (const engine of ENGINES) {
          if (engine === 'script' && (quick || side > 1024)) continue
          for (let seed = 0; seed < (quick || engine !== 'SIMD' ? 1 : seeds); seed++) {
            const made = await run(engine, image, mask, seed)
            all.push({ side, mask: name, seed, engine, ms: made.ms, ...measure(made.image, truth, mask) })
            if (engine === 'SIMD' && side === 512 && seed === 0)
              keep({ name: `${picture.name}, ${name}`, truth, mask, filled: made.image })
          }
        }
      }
    }
    const here = all.filter((one) => one.side === side)
    const of = (engine: EngineName, mask?: string) =>
      here.filter((one) => one.engine === engine && (mask === undefined || one.mask === mask))
    const engines = ENGINES.filter((engine) => of(engine).length > 0)
    table(
      `${side} px, all masks`,
      engines.map((engine) => row(engine, of(engine), of('Telea'))),
    )
    const kinds = Array.from({ length: quick ? 1 : seeds }, (_, seed) => seed)
    if (kinds.length > 1)
      table(
        `${side} px, SIMD by seed`,
        kinds.map((seed) =>
          row(
            `seed ${seed}`,
            of('SIMD').filter((one) => one.seed === seed),
            of('Telea'),
          ),
        ),
      )
    table(
      `${side} px, SIMD by mask`,
      masks.map((mask) => row(mask, of('SIMD', mask), of('Telea', mask))),
    )
  }
  console.log(`\nLargest memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
}
