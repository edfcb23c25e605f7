import { CORE } from 'virtual:fill-core'
import { fromBase64 } from '../../core/base64'
import { RELAXATION, type Relax } from '../patchMatch/corrections'
import type { OffsetField } from '../patchMatch/offsetField'
import { FAR_CANDIDATES, NEAR_CANDIDATES, type Peeler, peelReach, peelStart } from '../patchMatch/onionPeel'
import { type Reconstruction, SIMILARITY } from '../patchMatch/reconstruct'
import type { MakeCore, RoundCore } from '../patchMatch/roundCore'
import type { Random } from '../random'

/** What assembly/core.ts exports; addresses and counts are numbers. */
interface Exports {
  readonly memory: WebAssembly.Memory
  heapBase(): number
  setLevel(...addressesAndSizes: number[]): void
  setOffsets(pairs: number, count: number, table: number, shift: number): void
  setVotes(...addresses: number[]): void
  setState(state: number): void
  getState(): number
  refresh(from: number, to: number): void
  pass(from: number, to: number, direction: number, reach: number, slack: number): void
  peel(...addressesAndSizes: number[]): void
  gather(scale: number, from: number, to: number): void
  settle(pixels: number, holeCount: number): void
  differences(scale: number, step: number, from: number, to: number): void
  average(slots: number): void
  relax(...addressesAndSizes: number[]): void
}

type Numbers = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/** Loads of 16 bytes may reach beyond the end of an array, bytes. */
const SLACK = 64
const PAGE = 65_536
/** Targets in one call: about 20 ms, so that progress is reported in time. */
const CHUNK = 16_384

/** Pixels of a ring in one call, likewise. */
const PEELED = 2048

let compiled: WebAssembly.Module | null | undefined

/** @returns null where the browser has no WebAssembly with SIMD */
function compile(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled
  compiled = null
  try {
    const bytes = fromBase64(CORE)
    if (bytes && WebAssembly.validate(bytes)) compiled = new WebAssembly.Module(bytes)
  } catch {
    // Refused by a policy, or out of memory: the TypeScript loops do the same.
  }
  return compiled
}

/**
 * The inner loops in WebAssembly with SIMD. Each fill has a memory of its own, freed with it, as a memory cannot shrink.
 * @returns null where the browser has no SIMD
 */
export function simdCore(): MakeCore | null {
  const wasm = compile()
  if (!wasm) return null
  const instance = new WebAssembly.Instance(wasm, { env: { abort: () => {} } })
  const core = instance.exports as unknown as Exports
  return (field, reconstruction) => new SimdCore(core, field, reconstruction)
}

/** One level: its arrays are copied in, and back by `sync`; its colours stay in the core's memory. */
class SimdCore implements RoundCore {
  private readonly core: Exports
  private readonly field: OffsetField
  private readonly reconstruction: Reconstruction
  private next: number
  private readonly color: number = 0
  private readonly match: number
  private readonly distance: number
  private readonly sums: number
  private readonly totals: number
  private readonly pixels: number

  constructor(core: Exports, field: OffsetField, reconstruction: Reconstruction) {
    this.core = core
    this.field = field
    this.reconstruction = reconstruction
    const { level, radius, targets, targetAt, valid, match, distance, placed, priorScale } = field
    const { slot, first, confidence, pixels } = reconstruction
    this.next = core.heapBase()
    // The parameters of setLevel (the first seven) and of setVotes, in order.
    const parts = [level.color, valid, targets, targetAt, match, distance, placed, slot, confidence]
    const votes = pixels.length * 20
    const bytes = parts.reduce((sum, part) => sum + part.byteLength + SLACK, votes + pixels.byteLength)
    this.reserve(this.next + bytes + SIMILARITY.byteLength + 16 * SLACK)
    const at = parts.map((part) => this.put(part))
    this.color = at[0]
    this.showColor()
    this.match = at[4]
    this.distance = at[5]
    this.sums = this.take(pixels.length * 16)
    this.totals = this.take(pixels.length * 4)
    this.pixels = this.put(pixels)
    // These hold the hole's rows alone: their addresses are those that the picture's first pixel would have.
    at[3] -= 4 * first
    at[7] -= 4 * first
    core.setLevel(...at.slice(0, 7), level.width, level.height, radius, targets.length, priorScale)
    const { pairs, table, shift } = field.offsets
    core.setOffsets(this.put(pairs), pairs.length >> 1, this.put(table), shift)
    core.setVotes(at[7], this.sums, this.totals, at[8], this.put(SIMILARITY))
  }

  peeler(): Peeler {
    const { core, field } = this
    const { sources } = field
    const start = peelStart(field)
    const { origin } = start
    const filled = new Int32Array(start.filled.length)
    for (let p = 0; p < filled.length; p++) filled[p] = -start.filled[p]
    const free = this.next
    const filledAt = this.put(filled)
    const originAt = this.put(origin)
    const sourcesAt = this.put(sources)
    const reach = peelReach(field)
    return {
      ring: (front, random) => {
        const before = this.next
        const frontAt = this.put(front)
        core.setState(random.state)
        const sizes = [sources.length, reach, NEAR_CANDIDATES, FAR_CANDIDATES] as const
        for (let from = 0; from < front.length; from += PEELED) {
          const part = Math.min(PEELED, front.length - from)
          core.peel(frontAt + 4 * from, part, filledAt, originAt, sourcesAt, ...sizes)
          this.reconstruction.tick()
        }
        random.state = core.getState() | 0
        this.next = before
      },
      close: (front) => {
        const view = new Int32Array(core.memory.buffer, filledAt, filled.length)
        for (const p of front) view[p] = -1
      },
      origins: () => {
        this.get(originAt, origin)
        this.next = free
        return origin
      },
    }
  }

  takeMatches(): void {
    this.set(this.match, this.field.match)
  }

  refresh(): void {
    this.inChunks((from, to) => this.core.refresh(from, to))
  }

  private inChunks(work: (from: number, to: number) => void): void {
    const { length } = this.field.targets
    for (let from = 0; from < length; from += CHUNK) {
      work(from, Math.min(length, from + CHUNK))
      this.reconstruction.tick()
    }
  }

  pass(
    direction: 1 | -1,
    reach: number,
    slack: number,
    random: Random,
    tick: (targets: number) => void,
  ): void {
    const { core } = this
    const count = this.field.targets.length
    core.setState(random.state)
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK)
      core.pass(from, to, direction, reach, slack)
      tick(to - from)
    }
    random.state = core.getState() | 0
  }

  vote(sharpness: number): void {
    const { core, reconstruction, field } = this
    this.clear()
    // distanceScale reads the distances here.
    this.get(this.distance, field.distance)
    const scale = reconstruction.distanceScale(sharpness)
    this.inChunks((from, to) => core.gather(scale, from, to))
    core.settle(this.pixels, reconstruction.holeCount)
  }

  sync(): void {
    const { field, reconstruction } = this
    this.get(this.match, field.match)
    this.get(this.distance, field.distance)
    this.get(this.sums, reconstruction.sums)
    this.get(this.totals, reconstruction.totals)
  }

  differences(sharpness: number, step: number): Float32Array<ArrayBuffer> {
    const { core, reconstruction } = this
    this.clear()
    const scale = reconstruction.distanceScale(sharpness)
    this.inChunks((from, to) => core.differences(scale, step, from, to))
    core.average(reconstruction.pixels.length)
    const out = new Float32Array(reconstruction.pixels.length * 4)
    this.get(this.sums, out)
    return out
  }

  readonly relax: Relax = ({ e, wanted, around, shares }, sweeps, tick) => {
    // Nothing but the colours is needed any more.
    this.next = this.color + this.field.level.color.byteLength + SLACK
    const places = [e, wanted, around, shares].map((part) => this.put(part))
    for (let sweep = 0; sweep < sweeps; sweep++) {
      this.core.relax(...places, shares.length, 1, RELAXATION)
      tick?.()
    }
    this.get(places[0], e)
  }

  private clear(): void {
    const { length } = this.reconstruction.pixels
    new Uint8Array(this.core.memory.buffer, this.sums, length * 16).fill(0)
    new Uint8Array(this.core.memory.buffer, this.totals, length * 4).fill(0)
  }

  private reserve(bytes: number): void {
    const { memory } = this.core
    const missing = bytes - memory.buffer.byteLength
    if (missing <= 0) return
    memory.grow(Math.ceil(missing / PAGE))
    if (this.color > 0) this.showColor()
  }

  /** The level's colours are those in the core's memory, which is another buffer each time that it has grown. */
  private showColor(): void {
    const { level } = this.field
    level.color = new Int32Array(this.core.memory.buffer, this.color, level.width * level.height)
  }

  /** @returns the address of so many bytes, whatever they hold */
  private take(bytes: number): number {
    const at = Math.ceil(this.next / 16) * 16
    this.next = at + bytes + SLACK
    this.reserve(this.next)
    return at
  }

  /** Copies an array in. @returns its address */
  private put(part: Numbers): number {
    const at = this.take(part.byteLength)
    this.set(at, part)
    return at
  }

  private set(at: number, part: Numbers): void {
    new Uint8Array(this.core.memory.buffer, at, part.byteLength).set(bytesOf(part))
  }

  private get(at: number, into: Numbers): void {
    bytesOf(into).set(new Uint8Array(this.core.memory.buffer, at, into.byteLength))
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
