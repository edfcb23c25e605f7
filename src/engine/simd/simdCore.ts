import { CORE } from 'virtual:fill-core'
import { fromBase64 } from '../../core/base64'
import { freeBytes } from '../../core/freeBytes'
import { relax, RELAXATION, type Relax } from '../patchMatch/corrections'
import type { OffsetField } from '../patchMatch/offsetField'
import {
  FAR_CANDIDATES,
  NEAR_CANDIDATES,
  type Peeler,
  peelReach,
  peelStart,
  scriptPeeler,
} from '../patchMatch/onionPeel'
import { type Reconstruction, SIMILARITY } from '../patchMatch/reconstruct'
import type { MakeCore, RoundCore } from '../patchMatch/roundCore'
import type { Random } from '../random'
import type { CoreExports } from './coreExports'

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
  const core = instance.exports as unknown as CoreExports
  return (field, reconstruction) => new SimdCore(core, field, reconstruction)
}

/** One level: its arrays are moved in, and live there from then on. */
class SimdCore implements RoundCore {
  private readonly core: CoreExports
  private readonly field: OffsetField
  private readonly reconstruction: Reconstruction
  private next: number
  /** Where the memory begins that is free once the differences are voted. */
  private readonly spare: number
  private readonly sums: number
  private readonly totals: number
  private readonly pixels: number
  /** Makes the views of what lives in the memory, which is another buffer each time that it has grown. */
  private readonly shows: (() => void)[] = []

  constructor(core: CoreExports, field: OffsetField, reconstruction: Reconstruction) {
    this.core = core
    this.field = field
    this.reconstruction = reconstruction
    const { level, box, radius, priorScale } = field
    const { length } = reconstruction.pixels
    this.next = core.heapBase()
    const parts = [level.color, field.valid, field.targets, field.targetAt, field.match, field.distance]
    const bytes = [...parts, field.placed, reconstruction.slot, reconstruction.confidence].reduce(
      (sum, part) => sum + part.byteLength + SLACK,
      length * 24 + SIMILARITY.byteLength + 16 * SLACK,
    )
    this.reserve(this.next + bytes)
    const color = this.move(level.color, (view) => (level.color = view))
    this.pixels = this.move(reconstruction.pixels, (view) => (reconstruction.pixels = view))
    this.spare = this.next
    const valid = this.move(field.valid, (view) => (field.valid = view))
    const targets = this.move(field.targets, (view) => (field.targets = view))
    const targetAt = this.move(field.targetAt, (view) => (field.targetAt = view))
    const match = this.move(field.match, (view) => (field.match = view))
    const distance = this.move(field.distance, (view) => (field.distance = view))
    const placed = this.move(field.placed, (view) => (field.placed = view))
    const slot = this.move(reconstruction.slot, (view) => (reconstruction.slot = view))
    const confidence = this.move(reconstruction.confidence, (view) => (reconstruction.confidence = view))
    this.sums = this.take(length * 16)
    this.totals = this.take(length * 4)
    this.shows.push(() =>
      reconstruction.keepVotes({
        sums: this.view(this.sums, Float32Array, length * 4),
        totals: this.view(this.totals, Float32Array, length),
      }),
    )
    this.show()
    core.setBox(box.x, box.y, box.width)
    const sizes = [level.width, level.height, radius, field.targets.length, priorScale]
    core.setLevel(color, valid, targets, targetAt, match, distance, placed, ...sizes)
    const { pairs, table, shift } = field.offsets
    core.setOffsets(this.put(pairs), pairs.length >> 1, this.put(table), shift)
    core.setVotes(slot, this.sums, this.totals, confidence, this.put(SIMILARITY))
  }

  peeler(): Peeler {
    const { core, field } = this
    const { sources } = field
    const { filled, origin } = peelStart(field)
    const reach = peelReach(field)
    const free = this.next
    // A front is no larger than the box.
    if (!this.hasRoom(this.next + 12 * origin.length + sources.byteLength + 4 * SLACK))
      return scriptPeeler(field)
    const filledAt = this.put(Int32Array.from(filled, (flag) => -flag))
    const originAt = this.put(origin)
    const sourcesAt = this.put(sources)
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
        const view = this.view(filledAt, Int32Array, filled.length)
        for (const q of front) view[q] = -1
      },
      origins: () => {
        this.next = free
        return this.view(originAt, Int32Array, origin.length)
      },
    }
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
    const { core, reconstruction } = this
    this.clear()
    const scale = reconstruction.distanceScale(sharpness)
    this.inChunks((from, to) => core.gather(scale, from, to))
    core.settle(this.pixels, reconstruction.holeCount)
  }

  differences(sharpness: number, step: number): Float32Array<ArrayBuffer> {
    const { core, reconstruction } = this
    this.clear()
    const scale = reconstruction.distanceScale(sharpness)
    this.inChunks((from, to) => core.differences(scale, step, from, to))
    const { length } = reconstruction.pixels
    core.average(length)
    return this.view(this.sums, Float32Array, length * 4)
  }

  readonly relax: Relax = (level, sweeps, tick) => {
    const parts = [level.e, level.wanted, level.around, level.shares]
    // Nothing but the colours and the pixels is needed any more.
    this.next = this.spare
    const bytes = parts.reduce((sum, part) => sum + part.byteLength + 2 * SLACK, 0)
    if (!this.hasRoom(this.next + bytes)) {
      relax(level, sweeps, tick)
      return
    }
    const places = parts.map((part) => this.put(part))
    for (let sweep = 0; sweep < sweeps; sweep++) {
      this.core.relax(...places, level.shares.length, 1, RELAXATION)
      tick?.()
    }
    bytesOf(level.e).set(this.view(places[0], Uint8Array, level.e.byteLength))
  }

  private clear(): void {
    const { length } = this.reconstruction.pixels
    this.view(this.sums, Uint8Array, length * 16).fill(0)
    this.view(this.totals, Uint8Array, length * 4).fill(0)
  }

  /** @throws RangeError where there is no memory */
  private reserve(bytes: number): void {
    const { memory } = this.core
    const missing = bytes - memory.buffer.byteLength
    if (missing <= 0) return
    memory.grow(Math.ceil(missing / PAGE))
    this.show()
  }

  private hasRoom(bytes: number): boolean {
    try {
      this.reserve(bytes)
      return true
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return false
    }
  }

  private show(): void {
    for (const show of this.shows) show()
  }

  private view<View>(
    at: number,
    ViewOf: new (buffer: ArrayBuffer, at: number, length: number) => View,
    length: number,
  ): View {
    return new ViewOf(this.core.memory.buffer, at, length)
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
    this.view(at, Uint8Array, part.byteLength).set(bytesOf(part))
    return at
  }

  /** Moves an array in: from now on it is the view that is shown. @returns its address */
  private move<Part extends Numbers>(part: Part, show: (view: Part) => void): number {
    const at = this.put(part)
    const { length } = part
    freeBytes(part)
    const ViewOf = part.constructor as new (buffer: ArrayBuffer, at: number, length: number) => Part
    this.shows.push(() => show(this.view(at, ViewOf, length)))
    return at
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
