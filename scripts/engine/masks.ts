import { createGray, type GrayImage } from '../../src/core/image/raster'
import { Random } from '../../src/engine/random'

/** A mask of the bench, for a square of any side. */
export interface BenchMask {
  readonly name: string
  make(side: number): GrayImage
}

function disc(mask: GrayImage, cx: number, cy: number, radius: number): void {
  const { width, height, data } = mask
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x++) {
      if ((x - cx) ** 2 + (y - cy) ** 2 <= radius * radius) data[y * width + x] = 255
    }
  }
}

function line(mask: GrayImage, from: readonly number[], to: readonly number[], radius: number): void {
  const [x0, y0] = from as [number, number]
  const [x1, y1] = to as [number, number]
  const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) / Math.max(0.5, radius / 2))
  for (let k = 0; k <= steps; k++)
    disc(mask, x0 + ((x1 - x0) * k) / steps, y0 + ((y1 - y0) * k) / steps, radius)
}

/** Adds discs until the given percentage is covered. */
function blobs(percent: number) {
  return (side: number): GrayImage => {
    const mask = createGray(side, side)
    const random = new Random(percent * 31)
    const at = (part: number) => (random.below(10_000) / 10_000) * part
    for (let covered = 0; covered < (side * side * percent) / 100;) {
      disc(mask, at(side), at(side), side * (0.02 + at(percent >= 15 ? 0.1 : 0.04)))
      covered = mask.data.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
    }
    return mask
  }
}

function object(side: number): GrayImage {
  const mask = createGray(side, side)
  disc(mask, side * 0.5, side * 0.42, side * 0.13)
  for (let k = 0; k < 40; k++) disc(mask, side * 0.5, side * (0.45 + k * 0.008), side * 0.085)
  return mask
}

function scratches(side: number): GrayImage {
  const mask = createGray(side, side)
  const random = new Random(5)
  const at = () => (random.below(1000) / 1000) * side
  for (let k = 0; k < 9; k++) line(mask, [at(), at()], [at(), at()], Math.max(1, side / 400))
  return mask
}

/** Strokes on a grid, as letters have them. */
function text(side: number): GrayImage {
  const mask = createGray(side, side)
  const random = new Random(6)
  const [w, h] = [side / 24, side / 14]
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 16; column++) {
      const [x, y] = [side * 0.08 + column * w * 1.3, side * 0.12 + row * h * 2.2]
      const knots = [
        [x, y],
        [x + w * 0.8, y],
        [x, y + h],
        [x + w * 0.8, y + h],
        [x, y + h / 2],
        [x + w * 0.8, y + h / 2],
      ] as const
      for (let k = 0; k < 3; k++)
        line(mask, knots[random.below(6)]!, knots[random.below(6)]!, Math.max(1, side / 320))
    }
  }
  return mask
}

function outpaint(side: number): GrayImage {
  const mask = createGray(side, side)
  for (let p = 0; p < mask.data.length; p++) if (p % side >= side * 0.8) mask.data[p] = 255
  return mask
}

/** All around, an eighth of each side. */
function frame(side: number): GrayImage {
  const mask = createGray(side, side)
  const inside = (at: number) => at >= side / 8 && at < (side * 7) / 8
  for (let p = 0; p < mask.data.length; p++)
    if (!inside(p % side) || !inside(Math.floor(p / side))) mask.data[p] = 255
  return mask
}

export const MASKS: readonly BenchMask[] = [
  { name: '2 %', make: blobs(2) },
  { name: '5 %', make: blobs(5) },
  { name: '15 %', make: blobs(15) },
  { name: '30 %', make: blobs(30) },
  { name: 'object', make: object },
  { name: 'scratches', make: scratches },
  { name: 'text', make: text },
  { name: 'border', make: outpaint },
  { name: 'frame', make: frame },
]
