import type { GrayImage } from '../../image/raster'

/** 4-connected parts of an image, as runs of pixels, row by row. */
export interface Components {
  readonly count: number
  /** For each run: its row, its columns (half-open) and its part (0..count - 1). */
  readonly row: Int32Array
  readonly start: Int32Array
  readonly end: Int32Array
  readonly part: Int32Array
  /** For each part: its pixels, and 1 where it touches the image's border. */
  readonly size: Float64Array
  readonly atBorder: Uint8Array
}

/**
 * Finds the connected parts of the pixels that `belongs` picks, by joining runs with union-find: the cost depends on the
 * number of runs, not on the area.
 * @param belongs called once for each value 0..255
 * @see He, Chao, Suzuki, "A Run-Based Two-Scan Labeling Algorithm", 2008
 */
export function findComponents(
  { width, height, data }: GrayImage,
  belongs: (value: number) => boolean,
): Components {
  const member = Uint8Array.from({ length: 256 }, (_, value) => (belongs(value) ? 1 : 0))
  let capacity = 1024
  let row = new Int32Array(capacity)
  let start = new Int32Array(capacity)
  let end = new Int32Array(capacity)
  let parent = new Int32Array(capacity)
  let runs = 0
  let above = 0
  for (let y = 0; y < height; y++) {
    const line = y * width
    const first = runs
    for (let x = 0; x < width; x++) {
      if (member[data[line + x]] === 0) continue
      const from = x
      while (x < width && member[data[line + x]] === 1) x++
      if (runs === capacity) {
        capacity *= 2
        row = grown(row, capacity)
        start = grown(start, capacity)
        end = grown(end, capacity)
        parent = grown(parent, capacity)
      }
      row[runs] = y
      start[runs] = from
      end[runs] = x
      parent[runs] = runs
      runs++
    }
    let k = above
    for (let run = first; run < runs; run++) {
      while (k < first && end[k] <= start[run]) k++
      for (let j = k; j < first && start[j] < end[run]; j++) join(parent, j, run)
    }
    above = first
  }
  const part = new Int32Array(runs)
  const numbers = new Int32Array(runs).fill(-1)
  const size = new Float64Array(runs)
  const atBorder = new Uint8Array(runs)
  let count = 0
  for (let run = 0; run < runs; run++) {
    const root = find(parent, run)
    if (numbers[root] < 0) numbers[root] = count++
    const number = numbers[root]
    part[run] = number
    size[number] += end[run] - start[run]
    if (row[run] === 0 || row[run] === height - 1 || start[run] === 0 || end[run] === width)
      atBorder[number] = 1
  }
  return {
    count,
    row: row.subarray(0, runs),
    start: start.subarray(0, runs),
    end: end.subarray(0, runs),
    part,
    size: size.subarray(0, count),
    atBorder: atBorder.subarray(0, count),
  }
}

function grown(from: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const out = new Int32Array(capacity)
  out.set(from)
  return out
}

function find(parent: Int32Array, run: number): number {
  let at = run
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]]
    at = parent[at]
  }
  return at
}

function join(parent: Int32Array, a: number, b: number): void {
  const first = find(parent, a)
  const second = find(parent, b)
  if (first < second) parent[second] = first
  else parent[first] = second
}
