import { AppError } from '../errors'
import type { MaskCommand, StrokeCommand } from './maskCommand'
import type { StrokePoint } from './rasterizeStroke'

/**
 * Bytes of a command list. A stroke: one byte of kind and flags, size, hardness and opacity, the number of points,
 * then the points as half-pixel differences (zigzag varints), each with its pressure where the stroke has any.
 */
const KIND = { stroke: 0, invert: 1, clear: 2 } as const
const ERASE = 4
const PRESSURE = 8

/** What a list from outside may ask for. */
export const MAX_COMMANDS = 5_000
export const MAX_POINTS = 100_000
export const MAX_BRUSH_SIZE = 1_000

export function encodeCommands(commands: readonly MaskCommand[]): Uint8Array<ArrayBuffer> {
  const out: number[] = []
  for (const command of commands) {
    if (command.kind === 'stroke') encodeStroke(out, command)
    else out.push(KIND[command.kind])
  }
  return Uint8Array.from(out)
}

function encodeStroke(out: number[], stroke: StrokeCommand): void {
  const pressure = stroke.points.some((point) => point.pressure !== 255)
  out.push(KIND.stroke | (stroke.mode === 'erase' ? ERASE : 0) | (pressure ? PRESSURE : 0))
  pushVarint(out, stroke.size)
  out.push(stroke.hardness, stroke.opacity)
  pushVarint(out, stroke.points.length)
  let x = 0
  let y = 0
  for (const point of stroke.points) {
    pushVarint(out, zigzag(point.x * 2 - x))
    pushVarint(out, zigzag(point.y * 2 - y))
    x = point.x * 2
    y = point.y * 2
    if (pressure) out.push(point.pressure)
  }
}

/** The inverse of `encodeCommands`; the bytes are untrusted. @throws AppError `share/unreadable` */
export function decodeCommands(bytes: Uint8Array): MaskCommand[] {
  const reader = new Reader(bytes)
  const commands: MaskCommand[] = []
  let points = 0
  while (!reader.done) {
    if (commands.length >= MAX_COMMANDS)
      throw new AppError('share/unreadable', { detail: 'too many commands' })
    const head = reader.byte()
    const kind = head & 3
    if (kind === KIND.invert || kind === KIND.clear) {
      commands.push({ kind: kind === KIND.invert ? 'invert' : 'clear' })
      continue
    }
    if (kind !== KIND.stroke) throw new AppError('share/unreadable', { detail: 'unknown command' })
    const size = reader.varint(MAX_BRUSH_SIZE)
    const hardness = reader.byte(100)
    const opacity = reader.byte(100)
    const count = reader.varint(MAX_POINTS)
    points += count
    if (size < 1 || count < 1 || points > MAX_POINTS)
      throw new AppError('share/unreadable', { detail: 'bad stroke' })
    const list: StrokePoint[] = []
    let x = 0
    let y = 0
    for (let i = 0; i < count; i++) {
      x += unzigzag(reader.varint(MAX_COORDINATE))
      y += unzigzag(reader.varint(MAX_COORDINATE))
      list.push({ x: x / 2, y: y / 2, pressure: head & PRESSURE ? Math.max(1, reader.byte()) : 255 })
    }
    commands.push({
      kind: 'stroke',
      mode: head & ERASE ? 'erase' : 'paint',
      size,
      hardness,
      opacity,
      points: list,
    })
  }
  return commands
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
