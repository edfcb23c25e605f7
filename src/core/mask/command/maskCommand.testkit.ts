import fc from 'fast-check'
import type { Rect } from '../../geometry'
import { createMask, readMask } from '../mask'
import { type MaskCommand, replayCommands, type StrokeCommand } from './maskCommand'
import { encodeRuns } from '../raster/maskRuns'

/** Two tiles by two: every seam is met. */
export const FRAME = { x: 0, y: 0, width: 420, height: 300 }

/** Coverage of FRAME after the commands. */
export function bytesOf(commands: readonly MaskCommand[]): Uint8Array {
  const mask = createMask(FRAME)
  replayCommands(mask, commands)
  return readMask(mask, FRAME).data
}

/** Strokes of up to `max` points in and around the frame, with and without pressure. */
export function stroke(frame: Rect, max: number): fc.Arbitrary<StrokeCommand> {
  const half = (length: number) => fc.integer({ min: -100, max: length * 2 + 100 }).map((value) => value / 2)
  const point = (pressure: fc.Arbitrary<number>) =>
    fc.record({ x: half(frame.width), y: half(frame.height), pressure })
  const points = fc.oneof(
    fc.array(point(fc.constant(255)), { minLength: 1, maxLength: max }),
    fc.array(point(fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: max }),
  )
  return fc.record(
    {
      kind: fc.constant('stroke' as const),
      mode: fc.constantFrom('paint' as const, 'erase' as const),
      size: fc.integer({ min: 1, max: 300 }),
      hardness: fc.integer({ min: 0, max: 100 }),
      opacity: fc.integer({ min: 1, max: 100 }),
      crisp: fc.constant(true as const),
      points,
    },
    { requiredKeys: ['kind', 'mode', 'size', 'hardness', 'opacity', 'points'] },
  )
}

/** Rectangles, ellipses and polygons in and around the frame. */
export function shape(frame: Rect): fc.Arbitrary<MaskCommand> {
  const mode = fc.constantFrom('paint' as const, 'erase' as const, 'intersect' as const)
  const rect = fc.record({
    x: fc.integer({ min: -80, max: frame.width }),
    y: fc.integer({ min: -80, max: frame.height }),
    width: fc.integer({ min: 0, max: 400 }),
    height: fc.integer({ min: 0, max: 400 }),
  })
  const half = (length: number) => fc.integer({ min: -100, max: length * 2 + 100 }).map((value) => value / 2)
  const point = fc.record({ x: half(frame.width), y: half(frame.height) })
  return fc.oneof(
    fc.record({ kind: fc.constantFrom('rectangle' as const, 'ellipse' as const), mode, rect }),
    fc.record({
      kind: fc.constant('polygon' as const),
      mode,
      points: fc.array(point, { minLength: 3, maxLength: 7 }),
    }),
  )
}

export const operation: fc.Arbitrary<MaskCommand> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('grow' as const, 'shrink' as const),
      radius: fc.integer({ min: 1, max: 30 }),
      crisp: fc.constant(true as const),
    },
    { requiredKeys: ['kind', 'radius'] },
  ),
  fc.record({
    kind: fc.constantFrom('feather' as const, 'smooth' as const),
    radius: fc.integer({ min: 1, max: 30 }),
  }),
  fc.constant({ kind: 'fillHoles' as const }),
  fc.record({ kind: fc.constant('removeSpecks' as const), size: fc.integer({ min: 0, max: 400 }) }),
)

export function raster(frame: Rect): fc.Arbitrary<MaskCommand> {
  return fc
    .record({
      mode: fc.constantFrom('paint' as const, 'erase' as const, 'replace' as const, 'intersect' as const),
      x: fc.integer({ min: -20, max: frame.width }),
      y: fc.integer({ min: -20, max: frame.height }),
      width: fc.integer({ min: 1, max: 60 }),
      data: fc.uint8Array({ minLength: 60, maxLength: 600 }),
    })
    .map(({ mode, x, y, width, data }) => {
      const height = Math.floor(data.length / width)
      const image = { width, height, data: data.slice(0, width * height) }
      return { kind: 'raster' as const, mode, rect: { x, y, width, height }, runs: encodeRuns(image) }
    })
}

export function commandList(frame: Rect, max: number): fc.Arbitrary<MaskCommand[]> {
  const command = fc.oneof(
    { weight: 6, arbitrary: stroke(frame, 5) },
    { weight: 2, arbitrary: shape(frame) },
    { weight: 2, arbitrary: operation },
    { weight: 1, arbitrary: raster(frame) },
    { weight: 1, arbitrary: fc.constant({ kind: 'invert' as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
  )
  return fc.array(command, { minLength: 1, maxLength: max })
}
