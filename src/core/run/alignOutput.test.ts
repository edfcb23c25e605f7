import { describe, expect, it } from 'vitest'
import type { Size } from '../geometry'
import { createGray, cropGray, type GrayImage } from '../image/raster'
import { resampleGray } from '../image/resample'
import { alignOutput } from './alignOutput'

/** The same numbers for the same seed, 0..1. */
function random(seed: number): () => number {
  let state = seed * 2654435761 + 1
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
    state ^= state >>> 15
    return (state >>> 0) / 2 ** 32
  }
}

/** Noise of a grain, px, smooth in between; octaves make it look like a photo. */
function texture({ width, height }: Size, seed: number, grain: number): GrayImage {
  const image = createGray(width, height)
  const next = random(seed)
  const sums = new Float32Array(width * height)
  for (let size = grain, weight = 1; size >= 1; size = grain === 1 ? 0 : size / 4, weight *= 0.5) {
    const coarse = createGray(Math.ceil(width / size) + 1, Math.ceil(height / size) + 1)
    for (let p = 0; p < coarse.data.length; p++) coarse.data[p] = next() * 255
    const fine = resampleGray(coarse, width, height)
    for (let p = 0; p < sums.length; p++) sums[p] += (fine.data[p] - 128) * weight
  }
  for (let p = 0; p < sums.length; p++) image.data[p] = Math.max(0, Math.min(255, 128 + sums[p]))
  return image
}

const made = new Map<string, GrayImage>()

/** What a model has made up, the same for each picture inside it. */
function surroundings(size: Size, seed: number): GrayImage {
  const key = [size.width, size.height, seed].join()
  const image = made.get(key) ?? texture(size, seed, 32)
  made.set(key, image)
  return image
}

/** What was sent inside a larger picture that a model has made up around it. */
function inside(sent: GrayImage, { width, height }: Size, x: number, y: number, seed: number): GrayImage {
  const data = surroundings({ width, height }, seed).data.slice()
  for (let row = 0; row < sent.height; row++) {
    const line = sent.data.subarray(row * sent.width, (row + 1) * sent.width)
    data.set(line, (y + row) * width + x)
  }
  return { width, height, data }
}

/** Repaints the hole, and drifts by a few levels everywhere, as models do. */
function answered(sent: GrayImage, coverage: GrayImage, seed: number): GrayImage {
  const next = random(seed)
  const data = sent.data.map((tone, p) =>
    coverage.data[p] === 255
      ? next() * 255
      : Math.max(0, Math.min(255, tone * 0.97 + 4 + 6 * (next() - 0.5))),
  )
  return { ...sent, data }
}

interface Case {
  readonly name: string
  readonly make: (sent: GrayImage, seed: number) => GrayImage
  /** Where the corners of what was sent lie in the answer, px of the answer. */
  readonly corners: readonly [left: number, top: number, right: number, bottom: number]
}

const up = (side: number, step: number) => Math.ceil(side / step) * step

const SIZE = { width: 500, height: 375 }

function cases(): Case[] {
  const all: Case[] = []
  const { width, height } = SIZE
  for (const step of [8, 16, 32, 64, 128]) {
    const padded = { width: up(width, step), height: up(height, step) }
    const room = { x: padded.width - width, y: padded.height - height }
    for (const [edge, x, y] of [
      ['right and bottom', 0, 0],
      ['left and top', room.x, room.y],
      ['all edges', room.x >> 1, room.y >> 1],
    ] as const) {
      all.push({
        name: `padded to a multiple of ${step} at ${edge}`,
        make: (sent, seed) => inside(sent, padded, x, y, seed),
        corners: [x, y, x + width, y + height],
      })
    }
    const cut = { width: Math.floor(width / step) * step, height: Math.floor(height / step) * step }
    const gone = { x: (width - cut.width) >> 1, y: (height - cut.height) >> 1 }
    all.push({
      name: `cut to a multiple of ${step} around its middle`,
      make: (sent) => cropGray(sent, { ...gone, ...cut }),
      corners: [-gone.x, -gone.y, width - gone.x, height - gone.y],
    })
    all.push({
      name: `scaled to a multiple of ${step}`,
      make: (sent) => resampleGray(sent, padded.width, padded.height),
      corners: [0, 0, padded.width, padded.height],
    })
  }
  for (const [direction, dx, dy] of [
    ['left', 1, 0],
    ['right', 0, 0],
    ['up', 0, 1],
    ['down', 0, 0],
  ] as const) {
    const wide = direction === 'left' || direction === 'right'
    for (const part of [0.25, 0.5, 1]) {
      const by = Math.round((wide ? width : height) * part)
      const extended = { width: width + (wide ? by : 0), height: height + (wide ? 0 : by) }
      const x = dx * by
      const y = dy * by
      all.push({
        name: `extended ${direction} by ${part * 100} %`,
        make: (sent, seed) => inside(sent, extended, x, y, seed),
        corners: [x, y, x + width, y + height],
      })
    }
  }
  for (const scale of [0.5, 1.5, 2]) {
    all.push({
      name: `scaled to ${scale * 100} %`,
      make: (sent) => resampleGray(sent, Math.round(width * scale), Math.round(height * scale)),
      corners: [0, 0, Math.round(width * scale), Math.round(height * scale)],
    })
  }
  const square = up(width, 64)
  const fitted = Math.round((height * square) / width)
  all.push({
    name: 'fitted into a square, its height padded',
    make: (sent, seed) =>
      inside(resampleGray(sent, square, fitted), { width: square, height: square }, 0, 60, seed),
    corners: [0, 60, square, 60 + fitted],
  })
  return all
}

function holeOf({ width, height }: Size): GrayImage {
  const coverage = createGray(width, height)
  for (let y = 90; y < 240; y++) coverage.data.fill(255, y * width + 150, y * width + 330)
  return coverage
}

describe('an answer of another size is found', () => {
  const coverage = holeOf(SIZE)
  const scenes = [1, 8, 64].map((grain) => {
    const sent = texture(SIZE, grain + 3, grain)
    return { grain, sent, repainted: answered(sent, coverage, 5) }
  })

  it.each(cases())('$name', ({ make, corners }) => {
    for (const { grain, sent, repainted } of scenes) {
      const answer = make(repainted, 77)
      const found = alignOutput({ answer, sent, coverage, size: SIZE, at: { x: 0, y: 0 } })
      expect(found, `grain ${grain}`).not.toBeNull()
      const { fx, fy, dx, dy } = found!
      const [left, top, right, bottom] = corners
      const off = [
        dx * fx - left,
        dy * fy - top,
        (SIZE.width + dx) * fx - right,
        (SIZE.height + dy) * fy - bottom,
      ]
      expect(Math.max(...off.map(Math.abs)), `grain ${grain}: ${off.join(' ')}`).toBeLessThanOrEqual(1)
    }
  })
})

describe('it cannot be told', () => {
  const size = { width: 400, height: 300 }
  const job = { size, at: { x: 0, y: 0 }, coverage: null }

  it('where nothing is to be seen', () => {
    const sent = createGray(400, 300)
    sent.data.fill(120)
    expect(
      alignOutput({ ...job, sent, answer: inside(sent, { width: 512, height: 320 }, 60, 8, 1) }),
    ).toBeNull()
  })

  it('where nothing is alike', () => {
    const sent = texture(size, 1, 16)
    expect(alignOutput({ ...job, sent, answer: texture({ width: 512, height: 320 }, 9, 16) })).toBeNull()
  })

  it('where several places are alike', () => {
    const stripes = createGray(400, 300)
    for (let p = 0; p < stripes.data.length; p++) stripes.data[p] = (p % 400) % 20 < 10 ? 60 : 190
    const wide = createGray(512, 300)
    for (let p = 0; p < wide.data.length; p++) wide.data[p] = (p % 512) % 20 < 10 ? 60 : 190
    expect(alignOutput({ ...job, sent: stripes, answer: wide })).toBeNull()
  })

  it('is known of what reached over the picture, where its edge was repeated', () => {
    const sent = texture({ width: 340, height: 300 }, 4, 16)
    const answer = inside(sent, { width: 448, height: 320 }, 60, 0, 2)
    const found = alignOutput({ ...job, at: { x: 60, y: 0 }, sent, answer })
    expect(found).toEqual({ fx: 1, fy: 1, dx: 0, dy: 0 })
  })
})
