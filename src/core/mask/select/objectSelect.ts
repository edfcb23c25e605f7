import { clamp, EMPTY_RECT, type ImagePoint, intersectRect, type Rect, rectOf } from '../../geometry'
import { createGray, type GrayImage, type RgbaImage } from '../../image/raster'
import { type ColorModel, colorModel } from './colorModel'
import { findComponents } from '../refine/components'
import { forEachDistanceRow } from '../refine/distance'
import { createMask, readMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { BACKGROUND, type Grid, OBJECT, refineGrid, sampleGrid, solveGrid, UNDECIDED } from './objectGrid'
import { rasterizePolygon } from '../raster/rasterizeShape'

/** The longest side of the coarsest grid, cells: a cut of all of it takes a few dozen ms. */
const MAX_COARSE_SIDE = 192
/** How often cut and colour models are computed from each other. */
const ROUNDS = 3
/** The variance assumed for the few pixels under a click: the object around them is lit less evenly, levels squared. */
const CLICK_VARIANCE = 150
/** How far a rough loop may be off, as a share of its longer side. */
const LOOP_SLACK = 0.06

export interface ObjectSelection {
  /** Where `image` lies, image px; empty where nothing was found. */
  readonly rect: Rect
  /** Coverage, smoothed over a pixel at the edge. */
  readonly image: GrayImage
}

/**
 * Finds the object that a rough loop encloses, or that a click is on: a graph cut on colour models at reduced size,
 * then again along the border only, level by level down to the full size.
 * @param outline a loop of three points or more, or a single point, image px
 * @see Rother, Kolmogorov, Blake, "GrabCut", 2004
 * @see Lombaert, Sun, Grady, Xu, "A Multilevel Banded Graph Cuts Method for Fast Image Segmentation", 2005
 */
export function selectObject(picture: RgbaImage, outline: readonly ImagePoint[]): ObjectSelection {
  const isLoop = outline.length >= 3
  const region = isLoop ? around(outline, picture) : rectOf(picture)
  if (region.width < 2 || region.height < 2) return NOTHING
  let scale = 1
  while (Math.max(region.width, region.height) / scale > MAX_COARSE_SIDE) scale *= 2
  let grid = sampleGrid(picture, region, scale)
  const trimap = isLoop ? loopTrimap(grid, outline) : clickTrimap(grid, outline[0])
  let { labels } = grid
  let models = firstModels(grid, trimap, isLoop ? undefined : CLICK_VARIANCE)
  if (!models) return NOTHING
  for (let round = 0; round < ROUNDS; round++) {
    labels = solveGrid(grid, trimap.fixed, models)
    // From a click the object grows round by round, but only in the part that is connected to it.
    if (!isLoop) labels = mainParts(grid, labels, outline[0])
    const next = modelsOf(grid.colors, labels)
    if (!next) break
    models = next
  }
  grid = { ...grid, labels: mainParts(grid, labels, isLoop ? null : outline[0]) }
  let border: Int32Array = new Int32Array(0)
  while (scale > 1) {
    scale /= 2
    ;({ grid, border } = refineGrid(picture, grid, scale, models))
  }
  return toSelection(grid, border)
}

const NOTHING: ObjectSelection = { rect: EMPTY_RECT, image: createGray(0, 0) }

interface Trimap {
  /** OBJECT, BACKGROUND or UNDECIDED for each cell. */
  readonly fixed: Uint8Array
  /** The cells that the first models are made from. */
  readonly object: (p: number) => boolean
  readonly background: (p: number) => boolean
}

interface Models {
  readonly object: ColorModel
  readonly background: ColorModel
}

/** The loop's bounds with a margin that shows what the background looks like, image px. */
function around(outline: readonly ImagePoint[], picture: RgbaImage): Rect {
  const xs = outline.map(({ x }) => x)
  const ys = outline.map(({ y }) => y)
  const side = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
  const by = Math.ceil(side * 0.2) + 4
  const x = Math.floor(Math.min(...xs)) - by
  const y = Math.floor(Math.min(...ys)) - by
  return intersectRect(
    { x, y, width: Math.ceil(Math.max(...xs)) + by - x, height: Math.ceil(Math.max(...ys)) + by - y },
    rectOf(picture),
  )
}

/** Cells farther outside the loop than its slack are background; all others are undecided. */
function loopTrimap({ width, height, region, scale }: Grid, outline: readonly ImagePoint[]): Trimap {
  const points = outline.map(({ x, y }) => ({ x: (x - region.x) / scale, y: (y - region.y) / scale }))
  const mask = createMask({ x: 0, y: 0, width, height })
  rasterizePolygon(new MaskEdit(mask), 'paint', points)
  const loop = readMask(mask, mask.frame)
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const side = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
  const slack = clamp(Math.round(side * LOOP_SLACK), 1, 100)
  const fixed = new Uint8Array(width * height).fill(UNDECIDED)
  forEachDistanceRow(
    loop,
    (value) => value >= 128,
    slack,
    ({ y, squared }) => {
      for (let x = 0; x < width; x++) if (squared[x] > slack * slack) fixed[y * width + x] = BACKGROUND
    },
  )
  // The first model of the object leaves out the cells along the loop: they are less likely to belong to it.
  const deep = new Uint8Array(width * height)
  forEachDistanceRow(
    loop,
    (value) => value < 128,
    2 * slack,
    ({ y, squared }) => {
      for (let x = 0; x < width; x++) deep[y * width + x] = squared[x] > slack * slack ? 1 : 0
    },
  )
  const anyDeep = deep.some((value) => value === 1)
  return {
    fixed,
    object: (p) => (anyDeep ? deep[p] === 1 : loop.data[p] >= 128),
    background: (p) => fixed[p] === BACKGROUND,
  }
}

/** Cells under the click are the object; those at the picture's border are background unless their colour is alike. */
function clickTrimap({ width, height, region, scale, colors }: Grid, point: ImagePoint): Trimap {
  const cx = clamp(Math.floor((point.x - region.x) / scale), 0, width - 1)
  const cy = clamp(Math.floor((point.y - region.y) / scale), 0, height - 1)
  const radius = Math.max(1.5, Math.min(width, height) * 0.015)
  const start = cy * width + cx
  const like = (p: number) => {
    let squared = 0
    for (let c = 0; c < 3; c++) squared += (colors[3 * p + c] - colors[3 * start + c]) ** 2
    return squared < 30 * 30
  }
  const near = (p: number) => Math.hypot((p % width) - cx, Math.floor(p / width) - cy) <= radius
  const atEdge = (p: number) => {
    const x = p % width
    const y = Math.floor(p / width)
    return x < 2 || y < 2 || x >= width - 2 || y >= height - 2
  }
  const fixed = new Uint8Array(width * height).fill(UNDECIDED)
  for (let p = 0; p < fixed.length; p++) {
    if (near(p) && like(p)) fixed[p] = OBJECT
    else if (atEdge(p) && !like(p)) fixed[p] = BACKGROUND
  }
  return { fixed, object: (p) => fixed[p] === OBJECT, background: (p) => fixed[p] === BACKGROUND }
}

function firstModels({ colors }: Grid, trimap: Trimap, minVariance: number | undefined): Models | null {
  const object = colorModel(colors, trimap.object, minVariance)
  const background = colorModel(colors, trimap.background)
  return object && background ? { object, background } : null
}

function modelsOf(colors: Float32Array, labels: Uint8Array): Models | null {
  const object = colorModel(colors, (p) => labels[p] === 1)
  const background = colorModel(colors, (p) => labels[p] === 0)
  return object && background ? { object, background } : null
}

/** Keeps the clicked component, or for a loop all components over 2 % of the largest. */
function mainParts(
  { width, height, region, scale }: Grid,
  labels: Uint8Array,
  click: ImagePoint | null,
): Uint8Array {
  const out = new Uint8Array(labels.length)
  const parts = findComponents(
    { width, height, data: labels as Uint8Array<ArrayBuffer> },
    (value) => value === 1,
  )
  const largest = parts.size.reduce((max, size) => Math.max(max, size), 0)
  const x = click ? Math.floor((click.x - region.x) / scale) : 0
  const y = click ? Math.floor((click.y - region.y) / scale) : 0
  const clicked = parts.part.find(
    (_, run) => parts.row[run] === y && parts.start[run] <= x && x < parts.end[run],
  )
  for (let run = 0; run < parts.part.length; run++) {
    const part = parts.part[run]
    if (click ? part !== clicked : parts.size[part] < largest * 0.02) continue
    out.fill(1, parts.row[run] * width + parts.start[run], parts.row[run] * width + parts.end[run])
  }
  return out
}

/** Cuts the object out of full-size labels, its edge smoothed over a pixel. @param border cells along the edge */
function toSelection({ width, height, region, labels }: Grid, border: Int32Array): ObjectSelection {
  let left = width
  let right = -1
  let top = -1
  let bottom = -1
  for (let y = 0; y < height; y++) {
    const line = labels.subarray(y * width, (y + 1) * width)
    const first = line.indexOf(1)
    if (first < 0) continue
    if (first < left) left = first
    right = Math.max(right, line.lastIndexOf(1))
    if (top < 0) top = y
    bottom = y
  }
  if (right < 0) return NOTHING
  const at = intersectRect(
    { x: left - 1, y: top - 1, width: right - left + 3, height: bottom - top + 3 },
    { x: 0, y: 0, width, height },
  )
  const image = createGray(at.width, at.height)
  for (let y = 0; y < at.height; y++) {
    for (let x = 0; x < at.width; x++) {
      image.data[y * at.width + x] = labels[(at.y + y) * width + at.x + x] === 1 ? 255 : 0
    }
  }
  for (const p of border) {
    const x = p % width
    const y = Math.floor(p / width)
    if (x < at.x || y < at.y || x >= at.x + at.width || y >= at.y + at.height) continue
    image.data[(y - at.y) * at.width + x - at.x] = meanAround(labels, width, height, x, y)
  }
  return { rect: { ...at, x: region.x + at.x, y: region.y + at.y }, image }
}

function meanAround(labels: Uint8Array, width: number, height: number, x0: number, y0: number): number {
  let sum = 0
  let count = 0
  for (let y = Math.max(0, y0 - 1); y <= Math.min(height - 1, y0 + 1); y++) {
    for (let x = Math.max(0, x0 - 1); x <= Math.min(width - 1, x0 + 1); x++) {
      sum += labels[y * width + x]
      count++
    }
  }
  return Math.round((255 * sum) / count)
}
