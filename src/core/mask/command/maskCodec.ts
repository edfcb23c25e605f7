import { AppError } from '../../errors'
import type { ImagePoint, Rect } from '../../geometry'
import type { MaskCommand, StrokeCommand } from './maskCommand'

/**
 * Bytes of a command list. A stroke: one byte of kind and flags, size, hardness and opacity, the number of points,
 * then the points as half-pixel differences (zigzag varints), each with its pressure where the stroke has any. A shape:
 * its kind, then its rectangle or its points.
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
} as const
const SIMPLE = ['invert', 'clear', 'fillHoles'] as const
const BY_RADIUS = ['grow', 'shrink', 'feather', 'smooth'] as const
/** Of an operation, image px. */
export const MAX_RADIUS = 200
const KIND_BITS = 15
const ERASE = 16
const PRESSURE = 32
const REPLACE = 64

/** How much a list may hold. */
export interface CommandLimits {
  readonly commands: number
  readonly points: number
  /** Of one raster. */
  readonly pixels: number
}

/** For a list from outside: what can be replayed in a moment. */
export const LINK_LIMITS: CommandLimits = { commands: 5_000, points: 100_000, pixels: 4096 * 4096 }
/** For what this page wrote itself. */
const OWN_LIMITS: CommandLimits = { commands: 2 ** 28, points: 2 ** 28, pixels: 2 ** 28 }
export const MAX_BRUSH_SIZE = 1_000

export function encodeCommands(commands: readonly MaskCommand[]): Uint8Array<ArrayBuffer> {
  const out: number[] = []
  for (const command of commands) {
    switch (command.kind) {
      case 'stroke':
        encodeStroke(out, command)
        break
      case 'rectangle':
      case 'ellipse': {
        out.push(KIND[command.kind] | (command.mode === 'erase' ? ERASE : 0))
        encodeRect(out, command.rect)
        break
      }
      case 'raster':
        out.push(KIND.raster | (command.mode === 'erase' ? ERASE : command.mode === 'replace' ? REPLACE : 0))
        encodeRect(out, command.rect)
        pushVarint(out, command.runs.length)
        for (const byte of command.runs) out.push(byte)
        break
      case 'grow':
      case 'shrink':
      case 'feather':
      case 'smooth':
        out.push(KIND[command.kind])
        pushVarint(out, command.radius)
        break
      case 'removeSpecks':
        out.push(KIND.removeSpecks)
        pushVarint(out, command.size)
        break
      case 'polygon':
        out.push(KIND.polygon | (command.mode === 'erase' ? ERASE : 0))
        encodePoints(out, command.points)
        break
      case 'fillHoles':
      case 'invert':
      case 'clear':
        out.push(KIND[command.kind])
    }
  }
  return Uint8Array.from(out)
}

function encodeRect(out: number[], { x, y, width, height }: Rect): void {
  for (const value of [x, y]) pushVarint(out, zigzag(value))
  for (const value of [width, height]) pushVarint(out, value)
}

/** Their number, then each as the half-pixel difference to the one before. */
function encodePoints(out: number[], points: readonly ImagePoint[], after?: (index: number) => void): void {
  pushVarint(out, points.length)
  let x = 0
  let y = 0
  points.forEach((point, index) => {
    pushVarint(out, zigzag(point.x * 2 - x))
    pushVarint(out, zigzag(point.y * 2 - y))
    x = point.x * 2
    y = point.y * 2
    after?.(index)
  })
}

function encodeStroke(out: number[], stroke: StrokeCommand): void {
  const pressure = stroke.points.some((point) => point.pressure !== 255)
  out.push(KIND.stroke | (stroke.mode === 'erase' ? ERASE : 0) | (pressure ? PRESSURE : 0))
  pushVarint(out, stroke.size)
  out.push(stroke.hardness, stroke.opacity)
  encodePoints(out, stroke.points, (index) => {
    if (pressure) out.push(stroke.points[index].pressure)
  })
}

/** True where the list fits a link. */
export function fitsLink(commands: readonly MaskCommand[]): boolean {
  const points = commands.reduce((sum, command) => sum + ('points' in command ? command.points.length : 0), 0)
  return commands.length <= LINK_LIMITS.commands && points <= LINK_LIMITS.points
}

/** The inverse of `encodeCommands`; the bytes are untrusted. @throws AppError `share/unreadable` */
export function decodeCommands(bytes: Uint8Array, limits: CommandLimits = OWN_LIMITS): MaskCommand[] {
  const reader = new Reader(bytes)
  const commands: MaskCommand[] = []
  let points = 0
  while (!reader.done) {
    if (commands.length >= limits.commands)
      throw new AppError('share/unreadable', { detail: 'too many commands' })
    const head = reader.byte()
    const kind = head & KIND_BITS
    const mode = head & ERASE ? 'erase' : 'paint'
    const simple = SIMPLE.find((name) => KIND[name] === kind)
    const byRadius = BY_RADIUS.find((name) => KIND[name] === kind)
    if (simple) commands.push({ kind: simple })
    else if (byRadius) commands.push({ kind: byRadius, radius: Math.max(1, reader.varint(MAX_RADIUS)) })
    else if (kind === KIND.removeSpecks)
      commands.push({ kind: 'removeSpecks', size: reader.varint(MAX_COORDINATE) })
    else if (kind === KIND.rectangle || kind === KIND.ellipse) {
      commands.push({ kind: kind === KIND.ellipse ? 'ellipse' : 'rectangle', mode, rect: decodeRect(reader) })
    } else if (kind === KIND.raster) {
      const rect = decodeRect(reader)
      if (rect.width * rect.height > limits.pixels)
        throw new AppError('share/unreadable', { detail: 'too large' })
      const runs = reader.take(reader.varint(2 ** 28)).slice()
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
      commands.push({ kind: 'stroke', mode, size, hardness, opacity, points: stroked })
    } else throw new AppError('share/unreadable', { detail: 'unknown command' })
    if (points > limits.points) throw new AppError('share/unreadable', { detail: 'too many points' })
  }
  return commands
}

function decodeRect(reader: Reader): Rect {
  const x = unzigzag(reader.varint(MAX_COORDINATE))
  const y = unzigzag(reader.varint(MAX_COORDINATE))
  const width = reader.varint(MAX_COORDINATE)
  return { x, y, width, height: reader.varint(MAX_COORDINATE) }
}

function decodePoints(
  reader: Reader,
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

/** Seven bits a byte, low first. @param value a whole number >= 0 */
export function pushVarint(out: number[], value: number): void {
  let rest = value
  while (rest > 127) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

/** Reads untrusted bytes; going past the end or over a limit is `share/unreadable`. */
export class Reader {
  private at = 0
  private readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get done(): boolean {
    return this.at >= this.bytes.length
  }

  byte(most = 255): number {
    const value = this.bytes[this.at++]
    if (value === undefined || value > most) throw new AppError('share/unreadable', { detail: 'damaged' })
    return value
  }

  varint(most: number): number {
    let value = 0
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (byte < 128) {
        if (value > most) break
        return value
      }
    }
    throw new AppError('share/unreadable', { detail: 'damaged' })
  }

  take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new AppError('share/unreadable', { detail: 'damaged' })
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at)
  }
}
