import { readFileSync } from 'node:fs'
import { decode } from 'jpeg-js'
import { cropRgba, createRgba, type RgbaImage } from '../../src/core/image/raster'
import { coverRgba } from '../../src/core/image/resample'
import { Random } from '../../src/engine/random'

/** A picture of the bench, square, of any side. */
export interface BenchPicture {
  readonly name: string
  make(side: number): RgbaImage
}

type Shade = (x: number, y: number) => readonly [number, number, number]

function paint(side: number, shade: Shade): RgbaImage {
  const image = createRgba(side, side)
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i += 4) {
      const [r, g, b] = shade(x, y)
      image.data[i] = r
      image.data[i + 1] = g
      image.data[i + 2] = b
      image.data[i + 3] = 255
    }
  }
  return image
}

/** Smooth noise in -1..1: random values on a grid of `cell` px, interpolated. The same at every call. */
function noise(seed: number, cell: number): (x: number, y: number) => number {
  const random = new Random(seed)
  const table = Float64Array.from({ length: 4096 }, () => random.below(65_536) / 32_768 - 1)
  const at = (i: number, j: number) => table[(Math.imul(i, 73) + Math.imul(j, 1931)) & 4095]
  return (x, y) => {
    const [u, v] = [x / cell, y / cell]
    const [i, j] = [Math.floor(u), Math.floor(v)]
    const [a, b] = [u - i, v - j].map((t) => t * t * (3 - 2 * t))
    return (
      (at(i, j) * (1 - a!) + at(i + 1, j) * a!) * (1 - b!) +
      (at(i, j + 1) * (1 - a!) + at(i + 1, j + 1) * a!) * b!
    )
  }
}

/** Features keep their size in px: a larger picture shows more of them. */
function bricks(side: number): RgbaImage {
  const tone = noise(3, 40)
  const grain = noise(4, 2)
  return paint(side, (x, y) => {
    const row = Math.floor(y / 32)
    const joint = y % 32 < 3 || (x + (row % 2) * 32) % 64 < 3
    const stone = tone(Math.floor((x + (row % 2) * 32) / 64) * 97, row * 61) * 22 + grain(x, y) * 12
    return joint ? [188 + stone / 3, 184 + stone / 3, 176 + stone / 3] : [156 + stone, 84 + stone, 62 + stone]
  })
}

function gravel(side: number): RgbaImage {
  const [large, small, fine] = [noise(7, 14), noise(8, 6), noise(9, 2)]
  return paint(side, (x, y) => {
    const v = 122 + large(x, y) * 46 + small(x, y) * 40 + fine(x, y) * 22
    return [v + 6, v, v - 8]
  })
}

function wood(side: number): RgbaImage {
  const [warp, fibre] = [noise(11, 120), noise(12, 3)]
  return paint(side, (x, y) => {
    const ring = Math.sin((y + warp(x, y) * 30) / 7) * 24
    const v = 140 + ring + fibre(x / 12, y) * 14
    return [v + 26, v - 12, v - 58]
  })
}

function sky(side: number): RgbaImage {
  const [cloud, grain] = [noise(15, 150), noise(16, 1)]
  return paint(side, (x, y) => {
    const light = (y / side) * 90 + cloud(x, y) * 16 + grain(x, y) * 2
    return [70 + light, 110 + light * 0.9, 178 + light * 0.55]
  })
}

function weave(side: number): RgbaImage {
  const grain = noise(19, 2)
  return paint(side, (x, y) => {
    const over = (Math.floor(x / 12) + Math.floor(y / 12)) % 2 === 0
    const bend = over ? Math.sin(((x % 12) / 12) * Math.PI) : Math.sin(((y % 12) / 12) * Math.PI)
    const v = 70 + bend * 110 + grain(x, y) * 10
    return over ? [v, v * 0.8, v * 0.5] : [v * 0.6, v * 0.75, v]
  })
}

/** The largest square of a sample, scaled to the given side. */
function sample(file: string) {
  let whole: RgbaImage | null = null
  return (side: number): RgbaImage => {
    if (!whole) {
      const { width, height, data } = decode(
        readFileSync(new URL(`../../public/samples/${file}`, import.meta.url)),
      )
      whole = { width, height, data: new Uint8ClampedArray(data) }
    }
    const length = Math.min(whole.width, whole.height)
    const [x, y] = [(whole.width - length) >> 1, (whole.height - length) >> 1]
    return coverRgba(cropRgba(whole, { x, y, width: length, height: length }), side, side).image
  }
}

export const PICTURES: readonly BenchPicture[] = [
  { name: 'chelsea', make: sample('chelsea.jpg') },
  { name: 'coffee', make: sample('coffee.jpg') },
  { name: 'rocket', make: sample('rocket.jpg') },
  { name: 'bricks', make: bricks },
  { name: 'gravel', make: gravel },
  { name: 'wood', make: wood },
  { name: 'sky', make: sky },
  { name: 'weave', make: weave },
]
