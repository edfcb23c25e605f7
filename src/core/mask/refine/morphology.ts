import { createGray, type GrayImage } from '../../image/raster'
import { boxBlurs } from './boxBlur'
import { findComponents } from './components'
import { forEachDistanceRow } from './distance'
import { runOnEdgeBlocks } from './edgeBlocks'

/** A pixel with at least this coverage counts as inside. */
export const INSIDE = 128

/**
 * Coverage by squared distance to a shape that grows by `radius` px; the new edge is smoothed over one pixel.
 * @returns 0 from its end on
 */
export function edgeTable(radius: number): Uint8Array {
  const low = (radius - 0.5) * (radius - 0.5)
  return Uint8Array.from({ length: (radius + 1) * (radius + 1) }, (_, squared) => {
    const t = (squared - low) / (2 * radius)
    if (t <= 0) return 255
    return t >= 1 ? 0 : Math.floor(255 * (1 - t * t * (3 - 2 * t)) + 0.5)
  })
}

/** Coverage of the pixels inside, grown by `radius` px. @param crisp no smoothing where all edges in reach are crisp */
function grown(
  image: GrayImage,
  radius: number,
  isInside: (value: number) => boolean,
  crisp: boolean,
): GrayImage {
  const { width, height } = image
  const out = createGray(width, height)
  const table = edgeTable(radius)
  const { length } = table
  const isHard = crisp ? farFromSoft(image, radius + 1) : null
  const reach = radius * radius
  forEachDistanceRow(image, isInside, radius + 1, ({ y, squared }) => {
    const line = y * width
    for (let x = 0; x < width; x++) {
      if (isHard && isHard[line + x] === 1) out.data[line + x] = squared[x] <= reach ? 255 : 0
      else if (squared[x] < length) out.data[line + x] = table[squared[x]]
    }
  })
  return out
}

/** Marks the pixels with 1 that have only 0 and 255 within `reach` px. */
function farFromSoft(image: GrayImage, reach: number): Uint8Array {
  const { width, data } = image
  const marks = new Uint8Array(data.length).fill(1)
  if (!data.some((value) => value > 0 && value < 255)) return marks
  const isSoft = (value: number) => value > 0 && value < 255
  forEachDistanceRow(image, isSoft, reach, ({ y, squared }) => {
    for (let x = 0; x < width; x++) if (squared[x] <= reach * reach) marks[y * width + x] = 0
  })
  return marks
}

/**
 * Adds every pixel within `radius` px of the mask; no coverage becomes less.
 * @param radius whole px, 1..200
 * @param crisp an edge of 0 and 255 moves by exactly `radius` and stays one; else every edge is smoothed over one pixel
 */
export function grow(image: GrayImage, radius: number, crisp = false): GrayImage {
  return runOnEdgeBlocks(image, radius + 1, (part) => growPart(part, radius, crisp))
}

function growPart(image: GrayImage, radius: number, crisp: boolean): GrayImage {
  const out = grown(image, radius, (value) => value >= INSIDE, crisp)
  const { data } = image
  for (let i = 0; i < data.length; i++) if (data[i] > out.data[i]) out.data[i] = data[i]
  return out
}

/** Removes every pixel within `radius` px of the unmasked area. @param radius whole px, 1..200 @param crisp as of `grow` */
export function shrink(image: GrayImage, radius: number, crisp = false): GrayImage {
  return runOnEdgeBlocks(image, radius + 1, (part) => shrinkPart(part, radius, crisp))
}

function shrinkPart(image: GrayImage, radius: number, crisp: boolean): GrayImage {
  const out = grown(image, radius, (value) => value < INSIDE, crisp)
  const { data } = image
  for (let i = 0; i < data.length; i++) {
    const left = 255 - out.data[i]
    out.data[i] = left < data[i] ? left : data[i]
  }
  return out
}

/**
 * Softens the edge into a ramp of `radius` px on each side, by three box blurs on integers. Farther from an edge 0 stays
 * 0 and 255 stays 255.
 * @param radius whole px, 1..200
 * @param columnsFirst gives the bytes that the image turned by a quarter has, turned
 */
export function feather(image: GrayImage, radius: number, columnsFirst = false): GrayImage {
  const third = Math.floor(radius / 3)
  const rest = radius - 3 * third
  // Three radii that add up to `radius`.
  const radii = [third + (rest > 0 ? 1 : 0), third + (rest > 1 ? 1 : 0), third]
  return boxBlurs(
    image,
    radii.filter((box) => box > 0),
    columnsFirst,
  )
}

/** Rounds corners and straightens ragged edges of up to `radius` px; the edge is smoothed over about a pixel. */
export function smooth(image: GrayImage, radius: number): GrayImage {
  const gain = Math.max(1, radius)
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.min(255, Math.max(0, Math.floor((value - 127.5) * gain + 128))),
  )
  const soft = feather(image, radius)
  for (let i = 0; i < soft.data.length; i++) soft.data[i] = table[soft.data[i]]
  return soft
}

/** Adds the areas that the mask encloses on all sides. */
export function fillHoles(image: GrayImage): GrayImage {
  const out = { ...image, data: image.data.slice() }
  const gaps = findComponents(image, (value) => value < INSIDE)
  for (let run = 0; run < gaps.part.length; run++) {
    if (gaps.atBorder[gaps.part[run]]) continue
    const line = gaps.row[run] * image.width
    out.data.fill(255, line + gaps.start[run], line + gaps.end[run])
  }
  return out
}

/** Removes the connected parts of the mask with fewer than `size` pixels inside. */
export function removeSpecks(image: GrayImage, size: number): GrayImage {
  const { width, data } = image
  const out = { ...image, data: data.slice() }
  const parts = findComponents(image, (value) => value > 0)
  const solid = new Float64Array(parts.count)
  for (let run = 0; run < parts.part.length; run++) {
    const line = parts.row[run] * width
    let count = 0
    for (let i = line + parts.start[run]; i < line + parts.end[run]; i++) if (data[i] >= INSIDE) count++
    solid[parts.part[run]] += count
  }
  for (let run = 0; run < parts.part.length; run++) {
    if (solid[parts.part[run]] >= size) continue
    const line = parts.row[run] * width
    out.data.fill(0, line + parts.start[run], line + parts.end[run])
  }
  return out
}
