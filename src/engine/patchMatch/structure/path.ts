/** A line through the picture, px; known where it lies outside the hole. Points are about a pixel apart. */
export interface Path {
  readonly xs: Float64Array
  readonly ys: Float64Array
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** The points of a polyline a pixel apart, with both of its ends. */
export function pathOf(corners: readonly Point[]): Path {
  const xs: number[] = []
  const ys: number[] = []
  const add = (x: number, y: number) => {
    xs.push(x)
    ys.push(y)
  }
  let missing = 0
  for (let k = 0; k + 1 < corners.length; k++) {
    const { x, y } = corners[k]
    const dx = corners[k + 1].x - x
    const dy = corners[k + 1].y - y
    const length = Math.sqrt(dx * dx + dy * dy)
    let at = missing
    for (; at < length; at++) add(x + (dx * at) / length, y + (dy * at) / length)
    missing = at - length
  }
  const last = corners.at(-1)
  if (last) add(last.x, last.y)
  return { xs: Float64Array.from(xs), ys: Float64Array.from(ys) }
}

/** The same line on a level that was halved `times` times. */
export function halvedPath({ xs, ys }: Path, times: number): Path {
  if (times === 0) return { xs, ys }
  const step = 2 ** times
  const count = Math.ceil(xs.length / step)
  const halved = (values: Float64Array) =>
    Float64Array.from({ length: count }, (_, k) => (values[k * step] + 0.5) / step - 0.5)
  return { xs: halved(xs), ys: halved(ys) }
}

/** The direction of a path around its point `k`, of length 1. */
export function tangent({ xs, ys }: Path, k: number): Point {
  const from = Math.max(0, k - 3)
  const to = Math.min(xs.length - 1, k + 3)
  const x = xs[to] - xs[from]
  const y = ys[to] - ys[from]
  const length = Math.sqrt(x * x + y * y) || 1
  return { x: x / length, y: y / length }
}
