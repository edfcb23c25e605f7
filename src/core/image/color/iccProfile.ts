import { asciiAt } from '../file/fileBytes'
import { type Curve, curveOf, type Evaluate } from './curve'

/** An RGB space by primaries and curves. */
export interface MatrixProfile {
  /** From linear RGB to XYZ under D50, row by row. */
  readonly toXyz: readonly number[]
  readonly curves: readonly [Curve, Curve, Curve]
}

const HEADER = 128
const XYZ_TAGS = ['rXYZ', 'gXYZ', 'bXYZ']
const CURVE_TAGS = ['rTRC', 'gTRC', 'bTRC']

/**
 * Reads a profile of primaries and curves.
 * @param bytes an ICC profile, version 2 or 4
 * @returns null where it is another kind (by tables, or not of RGB values), or is damaged
 * @see ICC.1:2022, sections 7, 8.3.3, 10.6, 10.18 and 10.31
 */
export function readMatrixProfile(bytes: Uint8Array): MatrixProfile | null {
  if (bytes.length < HEADER + 4) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (asciiAt(bytes, 16, 4) !== 'RGB ' || asciiAt(bytes, 20, 4) !== 'XYZ ') return null
  const tags = readTags(bytes, view)
  // Where there are tables they count, not the primaries.
  if (!tags || tags.has('A2B0')) return null
  const columns = XYZ_TAGS.map((tag) => readXyz(tags.get(tag)))
  const [red, green, blue] = CURVE_TAGS.map((tag) => readCurve(tags.get(tag)))
  const [r, g, b] = columns
  if (!r || !g || !b || !red || !green || !blue) return null
  const toXyz = [0, 1, 2].flatMap((row) => [r[row], g[row], b[row]])
  return { toXyz, curves: [curveOf(red), curveOf(green), curveOf(blue)] }
}

function readTags(bytes: Uint8Array, view: DataView): Map<string, DataView> | null {
  const count = view.getUint32(HEADER)
  if (HEADER + 4 + count * 12 > bytes.length) return null
  const tags = new Map<string, DataView>()
  for (let i = 0; i < count; i++) {
    const at = HEADER + 4 + i * 12
    const start = view.getUint32(at + 4)
    const length = view.getUint32(at + 8)
    if (start + length > bytes.length) return null
    tags.set(asciiAt(bytes, at, 4), new DataView(bytes.buffer, bytes.byteOffset + start, length))
  }
  return tags
}

function typeOf(tag: DataView): string {
  return asciiAt(new Uint8Array(tag.buffer, tag.byteOffset, tag.byteLength), 0, 4)
}

function fixed(tag: DataView, at: number): number {
  return tag.getInt32(at) / 65536
}

function readXyz(tag: DataView | undefined): readonly number[] | null {
  if (!tag || tag.byteLength < 20 || typeOf(tag) !== 'XYZ ') return null
  return [8, 12, 16].map((at) => fixed(tag, at))
}

/** Parameters of each function type. */
const PARAMETERS = [1, 3, 4, 5, 7]

function readCurve(tag: DataView | undefined): Evaluate | null {
  if (!tag || tag.byteLength < 12) return null
  if (typeOf(tag) === 'para') {
    const kind = tag.getUint16(8)
    const count = PARAMETERS[kind]
    if (count === undefined || tag.byteLength < 12 + 4 * count) return null
    return parametric(
      kind,
      Array.from({ length: count }, (_, i) => fixed(tag, 12 + 4 * i)),
    )
  }
  if (typeOf(tag) !== 'curv') return null
  const count = tag.getUint32(8)
  if (count === 0) return (x) => x
  if (tag.byteLength < 12 + 2 * count) return null
  if (count === 1) {
    const gamma = tag.getUint16(12) / 256
    return (x) => x ** gamma
  }
  const samples = Array.from({ length: count }, (_, i) => tag.getUint16(12 + 2 * i) / 65535)
  return (x) => {
    const place = x * (count - 1)
    const low = Math.min(count - 2, Math.floor(place))
    return samples[low] + (samples[low + 1] - samples[low]) * (place - low)
  }
}

function parametric(kind: number, [g, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0]: number[]): Evaluate {
  if (kind === 0) return (x) => x ** g
  if (kind === 1) return (x) => (x >= -b / a ? (a * x + b) ** g : 0)
  if (kind === 2) return (x) => (x >= -b / a ? (a * x + b) ** g + c : c)
  return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f)
}
