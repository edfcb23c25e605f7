import { AppError } from '../../errors'
import type { Size } from '../../geometry'
import type { RgbaImage } from '../raster'
import { type PngPixels, type RowWriter, rowWriter } from './pngSamples'

/** A reduced picture of Adam7, or the whole one. */
interface Pass extends Size {
  readonly x: number
  readonly y: number
  readonly dx: number
  readonly dy: number
}

const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Takes the inflated bytes in pieces of any size and writes each row once it is whole. */
export class PngRows {
  private readonly image: RgbaImage
  private readonly passes: readonly Pass[]
  private readonly bits: number
  private readonly step: number
  private readonly write: RowWriter
  private pass = 0
  private y = 0
  private line = new Uint8Array(0)
  private previous = new Uint8Array(0)
  private filled = 0

  constructor(pixels: PngPixels, image: RgbaImage) {
    this.image = image
    this.passes = passesOf(pixels)
    this.bits = CHANNELS[pixels.colorType] * pixels.depth
    this.step = Math.max(1, this.bits >> 3)
    this.write = rowWriter(pixels)
    this.startPass()
  }

  get done(): boolean {
    return this.pass >= this.passes.length
  }

  /** @throws AppError `image/damaged` */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length && !this.done;) {
      const part = piece.subarray(at, at + this.line.length - this.filled)
      this.line.set(part, this.filled)
      this.filled += part.length
      at += part.length
      if (this.filled === this.line.length) this.finishRow()
    }
  }

  private startPass(): void {
    const pass = this.passes[this.pass]
    if (!pass) return
    const length = 1 + Math.ceil((pass.width * this.bits) / 8)
    this.line = new Uint8Array(length)
    this.previous = new Uint8Array(length)
    this.filled = 0
    this.y = 0
  }

  private finishRow(): void {
    const { line, previous } = this
    unfilter(line, previous, this.step)
    const pass = this.passes[this.pass]
    const start = ((pass.y + this.y * pass.dy) * this.image.width + pass.x) * 4
    this.write(line, pass.width, this.image.data, start, pass.dx * 4)
    this.line = previous
    this.previous = line
    this.filled = 0
    if (++this.y < pass.height) return
    this.pass++
    this.startPass()
  }
}

function passesOf({ width, height, interlaced }: PngPixels): readonly Pass[] {
  if (!interlaced) return [{ x: 0, y: 0, dx: 1, dy: 1, width, height }]
  return ADAM7.map(([x, y, dx, dy]) => ({
    x,
    y,
    dx,
    dy,
    width: Math.ceil((width - x) / dx),
    height: Math.ceil((height - y) / dy),
  })).filter((pass) => pass.width > 0 && pass.height > 0)
}

/** Undoes a row's filter, in place. Byte 0 of both names the filter. @param step bytes to the pixel on the left */
function unfilter(line: Uint8Array, above: Uint8Array, step: number): void {
  const { length } = line
  const first = step + 1
  switch (line[0]) {
    case 0:
      return
    case 1:
      for (let i = first; i < length; i++) line[i] += line[i - step]
      return
    case 2:
      for (let i = 1; i < length; i++) line[i] += above[i]
      return
    case 3:
      for (let i = 1; i < length; i++) line[i] += ((i < first ? 0 : line[i - step]) + above[i]) >> 1
      return
    case 4:
      for (let i = 1; i < first && i < length; i++) line[i] += above[i]
      for (let i = first; i < length; i++) {
        const a = line[i - step]
        const b = above[i]
        const c = above[i - step]
        const pa = b > c ? b - c : c - b
        const pb = a > c ? a - c : c - a
        const sum = a + b - 2 * c
        const pc = sum < 0 ? -sum : sum
        line[i] += pa <= pb && pa <= pc ? a : pb <= pc ? b : c
      }
      return
    default:
      throw new AppError('image/damaged', { detail: `filter ${line[0]}` })
  }
}
