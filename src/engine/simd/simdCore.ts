import { CORE } from 'virtual:fill-core'
import { fromBase64 } from '../../core/base64'
import { type Corrections, correctionsFor, relax, RELAXATION, type Relax } from '../patchMatch/corrections'
import type { VisitDifferences } from '../patchMatch/gradientBlend'
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
import { bytesOf, CoreMemory, SLACK } from './coreMemory'

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
  private readonly memory: CoreMemory
  /** Where the memory begins that is free once the differences are voted. */
  private readonly spare: number
  /** Where the equations of coarser levels are solved. */
  private coarse = 0
  /** How many views are of what lies before. */
  private readonly kept: number
  private readonly sums: number
  private readonly setSums: (sums: number) => void
  private readonly pixels: number

  constructor(core: CoreExports, field: OffsetField, reconstruction: Reconstruction) {
    this.core = core
    this.field = field
    this.reconstruction = reconstruction
    this.memory = new CoreMemory(core.memory, core.heapBase())
    const { level, box, radius, priorScale, foreignPrice } = field
    const { length } = reconstruction.pixels
    const parts = [level.color, field.valid, field.targets, field.targetAt, field.match, field.distance]
    const bytes = [...parts, field.placed, field.targets, reconstruction.confidence].reduce(
      (sum, part) => sum + part.byteLength + SLACK,
      length * 24 + SIMILARITY.byteLength + 16 * SLACK,
    )
    this.memory.reserve(this.memory.next + bytes)
    reconstruction.tick()
    const color = this.memory.move(level.color, (view) => (level.color = view))
    reconstruction.tick()
    this.pixels = this.memory.move(reconstruction.pixels, (view) => (reconstruction.pixels = view))
    this.spare = this.memory.next
    this.kept = this.memory.shows.length
    const valid = this.memory.move(field.valid, (view) => (field.valid = view))
    const targets = this.memory.move(field.targets, (view) => (field.targets = view))
    reconstruction.tick()
    const targetAt = this.memory.move(field.targetAt, (view) => (field.targetAt = view))
    const match = this.memory.move(field.match, (view) => (field.match = view))
    const distance = this.memory.move(field.distance, (view) => (field.distance = view))
    const placed = this.memory.move(field.placed, (view) => (field.placed = view))
    const show = (view: typeof reconstruction.confidence) => (reconstruction.confidence = view)
    const confidence = this.memory.move(reconstruction.confidence, show)
    this.sums = this.memory.take(length * 16)
    const totals = this.memory.take(length * 4)
    this.memory.shows.push(() =>
      reconstruction.keepVotes({
        sums: this.memory.view(this.sums, Float32Array, length * 4),
        totals: this.memory.view(totals, Float32Array, length),
      }),
    )
    this.memory.show()
    core.setBox(box.x, box.y, box.width, box.height)
    const sizes = [level.width, level.height, radius, field.targets.length, priorScale, foreignPrice]
    core.setLevel(color, valid, targets, targetAt, match, distance, placed, ...sizes)
    const { pairs, table, shift } = field.offsets
    core.setOffsets(this.memory.put(pairs), pairs.length >> 1, this.memory.put(table), shift)
    const [weights, similarity] = [this.memory.take(4 * field.targets.length), this.memory.put(SIMILARITY)]
    this.setSums = (sums) => core.setVotes(sums, totals, weights, confidence, similarity)
    this.setSums(this.sums)
  }

  peeler(): Peeler {
    const { core, field } = this
    const sources = field.sources()
    const { filled, origin } = peelStart(field)
    const reach = peelReach(field)
    const free = this.memory.next
    // A front is no larger than the box.
    if (!this.memory.hasRoom(this.memory.next + 12 * origin.length + sources.byteLength + 4 * SLACK))
      return scriptPeeler(field)
    this.reconstruction.tick()
    const flags = new Int32Array(filled.length)
    for (let q = 0; q < flags.length; q++) flags[q] = -filled[q]
    const filledAt = this.memory.put(flags)
    const originAt = this.memory.put(origin)
    const sourcesAt = this.memory.put(sources)
    this.reconstruction.tick()
    return {
      ring: (front, random) => {
        const before = this.memory.next
        const frontAt = this.memory.put(front)
        core.setState(random.state)
        const sizes = [sources.length, reach, NEAR_CANDIDATES, FAR_CANDIDATES] as const
        for (let from = 0; from < front.length; from += PEELED) {
          const part = Math.min(PEELED, front.length - from)
          core.peel(frontAt + 4 * from, part, filledAt, originAt, sourcesAt, ...sizes)
          this.reconstruction.tick()
        }
        random.state = core.getState() | 0
        this.memory.next = before
      },
      close: (front) => {
        const view = this.memory.view(filledAt, Int32Array, filled.length)
        for (const q of front) view[q] = -1
      },
      origins: () => {
        this.memory.next = free
        return this.memory.view(originAt, Int32Array, origin.length)
      },
    }
  }

  refresh(): void {
    this.inChunks(this.field.targets.length, (from, to) => this.core.refresh(from, to))
  }

  private inChunks(length: number, work: (from: number, to: number) => void): void {
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
    this.weigh(sharpness)
    const { holeCount, pixels } = this.reconstruction
    this.inChunks(pixels.length, (from, to) => this.core.vote(this.pixels, holeCount, from, to))
  }

  differences(sharpness: number, step: number, visit: VisitDifferences): void {
    this.weigh(sharpness)
    const { core, memory, sums } = this
    this.inChunks(this.reconstruction.pixels.length, (from, to) => {
      // Each chunk lies where the first one does: all together are as large as the picture's part.
      this.setSums(sums - 16 * from)
      core.differences(this.pixels, step, from, to)
      visit(from, to, memory.view(sums, Float32Array, 4 * (to - from)))
    })
    this.setSums(sums)
  }

  private weigh(sharpness: number): void {
    const scale = this.reconstruction.distanceScale(sharpness)
    this.reconstruction.tick()
    this.inChunks(this.field.targets.length, (from, to) => this.core.weigh(scale, from, to))
  }

  begin(wanted: Float32Array<ArrayBuffer>): Corrections {
    // Nothing but the colours and the pixels is needed any more.
    const { memory } = this
    memory.next = this.coarse = this.spare
    memory.shows.length = this.kept
    const { length } = wanted
    if (!memory.hasRoom(memory.next + 11 * length + 8 * SLACK)) return correctionsFor(length / 4, wanted)
    const finest = correctionsFor(0)
    memory.move(wanted, (view) => (finest.wanted = view))
    this.reconstruction.tick()
    const [around, shares, e] = [memory.take(length * 2), memory.take(length), memory.take(length * 4)]
    memory.shows.push(() => {
      finest.e = memory.view(e, Float32Array, length)
      finest.around = memory.view(around, Int32Array, length / 2)
      finest.shares = memory.view(shares, Float32Array, length / 4)
    })
    memory.show()
    this.reconstruction.tick()
    finest.e.fill(0)
    // They are written when the coarser levels are done with.
    this.coarse = e
    return finest
  }

  readonly relax: Relax = (level, sweeps, tick) => {
    const { core, memory } = this
    const parts = [level.e, level.wanted, level.around, level.shares]
    const isHere = level.e.buffer === memory.memory.buffer
    if (!isHere) {
      memory.next = this.coarse
      const bytes = parts.reduce((sum, part) => sum + part.byteLength + 2 * SLACK, 0)
      if (!memory.hasRoom(memory.next + bytes)) return relax(level, sweeps, tick)
    }
    const places = parts.map((part) => (isHere ? part.byteOffset : memory.put(part)))
    for (let sweep = 0; sweep < sweeps; sweep++) {
      core.relax(...places, level.shares.length, 1, RELAXATION)
      tick?.()
    }
    if (!isHere) bytesOf(level.e).set(memory.view(places[0], Uint8Array, level.e.byteLength))
  }
}
