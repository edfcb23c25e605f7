import { ByteReader, ByteWriter } from '../../bytes'
import { MAX_BRUSH_SIZE, MAX_RADIUS } from '../maskLimits'
import { AppError } from '../../errors'
import type { ImagePoint, Rect } from '../../geometry'
import type { MaskCommand, StrokeCommand } from './maskCommand'

/**
 * The bytes of a command list. A stroke: one byte of kind and flags, size, hardness, opacity, the number of points,
 * then each point as its difference to the one before in half pixels (zigzag varints), with its pressure where the
 * stroke has any. A shape: its kind, then its rectangle or its points.
 */
const KIND = {
  stroke: 0,
  invert: 1,
  clear: 2,
  rectangle: 3,
  ellipse: 4,
  polygon: 5,
  raster: 6,
  grow: 7,
  shrink: 8,
  feather: 9,
  smooth: 10,
  fillHoles: 11,
  removeSpecks: 12,
  /** Comes before an area's command, which then keeps of the mask what lies in it. */
  intersect: 13,
} as const
const SIMPLE = ['invert', 'clear', 'fillHoles'] as const
const BY_RADIUS = ['grow', 'shrink', 'feather', 'smooth'] as const
const AREAS = ['rectangle', 'ellipse', 'polygon', 'raster'] as const
const KIND_BITS = 15
const ERASE = 16
const PRESSURE = 32
const REPLACE = 64
/** Of a stroke, grow and shrink. Bytes without it keep their earlier, smoothed result. */
const CRISP = 128

/** Limits of a list that is decoded. */
export interface CommandLimits {
  readonly commands: number
  readonly points: number
  /** Of one raster; the others are of the whole list. */
  readonly pixels: number
}

/** For a list from outside: it replays within a moment. */
export const LINK_LIMITS: CommandLimits = { commands: 5_000, points: 100_000, pixels: 4096 * 4096 }
/** For a list in a project file: more than a long day's work. */
export const PROJECT_LIMITS: CommandLimits = { commands: 50_000, points: 2_000_000, pixels: 2 ** 26 }
/** For a list that this page wrote itself. */
const OWN_LIMITS: CommandLimits = { commands: 2 ** 28, points: 2 ** 28, pixels: 2 ** 28 }

export function encodeCommands(commands: readonly MaskCommand[]): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  for (const command of commands) {
    if ('mode' in command && command.mode === 'intersect') out.byte(KIND.intersect)
    switch (command.kind) {
      case 'stroke':
        encodeStroke(out, command)
        break
      case 'rectangle':
      case 'ellipse': {
        out.byte(KIND[command.kind] | (command.mode === 'erase' ? ERASE : 0))
        encodeRect(out, command.rect)
        break
      }
      case 'raster':
        out.byte(KIND.raster | (command.mode === 'erase' ? ERASE : command.mode === 'replace' ? REPLACE : 0))
        encodeRect(out, command.rect)
        out.varint(command.runs.length)
        out.bytes(command.runs)
        break
      case 'grow':
      case 'shrink':
        out.byte(KIND[command.kind] | (command.crisp ? CRISP : 0))
        out.varint(command.radius)
        break
      case 'feather':
      case 'smooth':
        out.byte(KIND[command.kind])
        out.varint(command.radius)
        break
      case 'removeSpecks':
        out.byte(KIND.removeSpecks)
        out.varint(command.size)
        break
      case 'polygon':
        out.byte(KIND.polygon | (command.mode === 'erase' ? ERASE : 0))
        encodePoints(out, command.points)
        break
      case 'fillHoles':
      case 'invert':
      case 'clear':
        out.byte(KIND[command.kind])
    }
  }
  return out.finish()
}

function encodeRect(out: ByteWriter, { x, y, width, height }: Rect): void {
  for (const value of [x, y]) out.varint(zigzag(value))
  for (const value of [width, height]) out.varint(value)
}

/**
 * Writes the number of points, then each as its difference to the one before in half pixels.
 * @param after writes what else belongs to the point
 */
function encodePoints(out: ByteWriter, points: readonly ImagePoint[], after?: (index: number) => void): void {
  out.varint(points.length)
  let x = 0
  let y = 0
  points.forEach((point, index) => {
    out.varint(zigzag(point.x * 2 - x))
    out.varint(zigzag(point.y * 2 - y))
    x = point.x * 2
    y = point.y * 2
    after?.(index)
  })
}

function encodeStroke(out: ByteWriter, stroke: StrokeCommand): void {
  const pressure = stroke.points.some((point) => point.pressure !== 255)
  out.byte(
    KIND.stroke |
      (stroke.mode === 'erase' ? ERASE : 0) |
      (pressure ? PRESSURE : 0) |
      (stroke.crisp ? CRISP : 0),
  )
  out.varint(stroke.size)
  out.byte(stroke.hardness)
  out.byte(stroke.opacity)
  encodePoints(out, stroke.points, (index) => {
    if (pressure) out.byte(stroke.points[index].pressure)
  })
}

/** True where a list is within the commands and points of LINK_LIMITS. */
export function fitsLink(commands: readonly MaskCommand[]): boolean {
  const points = commands.reduce((sum, command) => sum + ('points' in command ? command.points.length : 0), 0)
  return commands.length <= LINK_LIMITS.commands && points <= LINK_LIMITS.points
}

/**
 * The inverse of `encodeCommands`.
 * @param bytes untrusted
 * @throws AppError `share/unreadable` where they are damaged or over a limit
 */
export function decodeCommands(bytes: Uint8Array, limits: CommandLimits = OWN_LIMITS): MaskCommand[] {
  const reader = new ByteReader(bytes)
  const commands: MaskCommand[] = []
  let points = 0
  while (!reader.done) {
    if (commands.length >= limits.commands)
      throw new AppError('share/unreadable', { detail: 'too many commands' })
    let head = reader.byte()
    const intersects = (head & KIND_BITS) === KIND.intersect
    if (intersects) head = reader.byte()
    const kind = head & KIND_BITS
    const isArea = AREAS.some((name) => KIND[name] === kind)
    if (intersects && !isArea) throw new AppError('share/unreadable', { detail: 'no area to intersect' })
    const strokeMode = head & ERASE ? 'erase' : 'paint'
    const mode = intersects ? 'intersect' : strokeMode
    const simple = SIMPLE.find((name) => KIND[name] === kind)
    const byRadius = BY_RADIUS.find((name) => KIND[name] === kind)
    if (simple) commands.push({ kind: simple })
    else if (byRadius) {
      const radius = Math.max(1, reader.varint(MAX_RADIUS))
      const isCrisp = head & CRISP && (byRadius === 'grow' || byRadius === 'shrink')
      commands.push(isCrisp ? { kind: byRadius, radius, crisp: true } : { kind: byRadius, radius })
    } else if (kind === KIND.removeSpecks)
      commands.push({ kind: 'removeSpecks', size: reader.varint(MAX_COORDINATE) })
    else if (kind === KIND.rectangle || kind === KIND.ellipse) {
      commands.push({ kind: kind === KIND.ellipse ? 'ellipse' : 'rectangle', mode, rect: decodeRect(reader) })
    } else if (kind === KIND.raster) {
      const rect = decodeRect(reader)
      if (rect.width * rect.height > limits.pixels)
        throw new AppError('share/unreadable', { detail: 'too large' })
      const runs = reader.bytes(reader.varint(2 ** 28)).slice()
      commands.push({ kind: 'raster', mode: head & REPLACE ? 'replace' : mode, rect, runs })
    } else if (kind === KIND.polygon) {
      const list = decodePoints(reader, limits.points, () => null)
      points += list.length
      commands.push({ kind: 'polygon', mode, points: list.map(({ x, y }) => ({ x, y })) })
    } else if (kind === KIND.stroke) {
      const size = reader.varint(MAX_BRUSH_SIZE)
      const hardness = reader.byte(100)
      const opacity = reader.byte(100)
      const list = decodePoints(reader, limits.points, () =>
        head & PRESSURE ? Math.max(1, reader.byte()) : 255,
      )
      points += list.length
      if (size < 1 || list.length < 1) throw new AppError('share/unreadable', { detail: 'bad stroke' })
      const stroked = list.map(({ x, y, extra }) => ({ x, y, pressure: extra ?? 255 }))
      const stroke: StrokeCommand = {
        kind: 'stroke',
        mode: strokeMode,
        size,
        hardness,
        opacity,
        points: stroked,
      }
      commands.push(head & CRISP ? { ...stroke, crisp: true } : stroke)
    } else throw new AppError('share/unreadable', { detail: 'unknown command' })
    if (points > limits.points) throw new AppError('share/unreadable', { detail: 'too many points' })
  }
  return commands
}

function decodeRect(reader: ByteReader): Rect {
  const x = unzigzag(reader.varint(MAX_COORDINATE))
  const y = unzigzag(reader.varint(MAX_COORDINATE))
  const width = reader.varint(MAX_COORDINATE)
  return { x, y, width, height: reader.varint(MAX_COORDINATE) }
}

function decodePoints(
  reader: ByteReader,
  limit: number,
  readExtra: () => number | null,
): { x: number; y: number; extra: number | null }[] {
  const count = reader.varint(limit)
  const list: { x: number; y: number; extra: number | null }[] = []
  let x = 0
  let y = 0
  for (let i = 0; i < count; i++) {
    x += unzigzag(reader.varint(MAX_COORDINATE))
    y += unzigzag(reader.varint(MAX_COORDINATE))
    list.push({ x: x / 2, y: y / 2, extra: readExtra() })
  }
  return list
}

const MAX_COORDINATE = 2 ** 20

function zigzag(value: number): number {
  return value < 0 ? -value * 2 - 1 : value * 2
}

function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}
