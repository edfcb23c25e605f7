import type { Random } from '../random'
import { relax, type Relax } from './corrections'
import { voteDifferences } from './gradientBlend'
import type { OffsetField } from './offsetField'
import { type Peeler, scriptPeeler } from './onionPeel'
import type { Reconstruction } from './reconstruct'

/**
 * The inner loops of one level. They work on the field, the reconstruction and the level; a core may hold copies of
 * these elsewhere until `sync`, but for the colours.
 */
export interface RoundCore {
  /** Makes the first guess, in the core's colours. */
  peeler(): Peeler
  /** Reads the field's matches, which were changed outside. */
  takeMatches(): void
  /** Recomputes the distances of all matches, after the hole has changed. */
  refresh(): void
  /** @see OffsetField.searchPass */
  pass(direction: 1 | -1, reach: number, slack: number, random: Random, tick: (targets: number) => void): void
  /** @see Reconstruction.vote */
  vote(sharpness: number): void
  /** Copies matches, distances and votes back to the field and the reconstruction. */
  sync(): void
  /** After `sync`: the voted differences to the pixel `step` further (1 or the width), by slot. */
  differences(sharpness: number, step: number): Float32Array<ArrayBuffer>
  /** After these: nothing else can be done any more. */
  readonly relax: Relax
}

export type MakeCore = (field: OffsetField, reconstruction: Reconstruction) => RoundCore

/** The TypeScript core: every other core gives the same bytes. */
export const scriptCore: MakeCore = (field, reconstruction) => ({
  peeler: () => scriptPeeler(field),
  takeMatches: () => {},
  refresh: () => field.refreshDistances(),
  pass: (direction, reach, slack, random, tick) => field.searchPass(direction, reach, slack, random, tick),
  vote: (sharpness) => reconstruction.vote(sharpness),
  sync: () => {},
  differences: (sharpness, step) => voteDifferences(field, reconstruction, sharpness, step),
  relax,
})
