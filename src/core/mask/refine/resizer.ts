import { createGray, type GrayImage } from '../../image/raster'
import { forEachDistanceRow } from './distance'
import { edgeTable, INSIDE } from './morphology'

/** Grows and shrinks one coverage by any radius, with the bytes of `grow` and `shrink`: distances are measured once. */
export class Resizer {
  private readonly image: GrayImage
  private readonly most: number
  /** Squared distances to what is inside and to what is not, px squared. */
  private readonly fields: { inside?: Uint16Array; outside?: Uint16Array } = {}

  /** @param most the largest radius, px, 1..253 */
  constructor(image: GrayImage, most: number) {
    this.image = image
    this.most = most
  }

  /** @param by px, below 0 to shrink @returns the image itself for 0 */
  resized(by: number): GrayImage {
    if (by === 0) return this.image
    return by > 0 ? this.grown(by) : this.shrunk(-by)
  }

  private grown(radius: number): GrayImage {
    const { width, height, data } = this.image
    const field = (this.fields.inside ??= distances(this.image, (value) => value >= INSIDE, this.most))
    const table = tableOf(radius, this.most)
    const out = createGray(width, height)
    for (let p = 0; p < data.length; p++) {
      const own = data[p]
      const grown = table[field[p]]
      out.data[p] = grown > own ? grown : own
    }
    return out
  }

  private shrunk(radius: number): GrayImage {
    const { width, height, data } = this.image
    const field = (this.fields.outside ??= distances(this.image, (value) => value < INSIDE, this.most))
    const table = tableOf(radius, this.most).map((value) => 255 - value)
    const out = createGray(width, height)
    for (let p = 0; p < data.length; p++) {
      const own = data[p]
      const left = table[field[p]]
      out.data[p] = left < own ? left : own
    }
    return out
  }
}

/** Coverage by squared distance, for each that `distances` gives. */
function tableOf(radius: number, most: number): Uint8Array {
  const table = new Uint8Array((most + 1) * (most + 1) + 1)
  table.set(edgeTable(radius))
  return table
}

/** Squared distances to the nearest pixel inside, px squared; (most + 1) squared for all that is as far or farther. */
function distances(image: GrayImage, isInside: (value: number) => boolean, most: number): Uint16Array {
  const { width, height } = image
  const far = (most + 1) * (most + 1)
  const out = new Uint16Array(width * height)
  forEachDistanceRow(image, isInside, most + 1, ({ y, squared }) => {
    const line = y * width
    for (let x = 0; x < width; x++) out[line + x] = squared[x] < far ? squared[x] : far
  })
  return out
}
