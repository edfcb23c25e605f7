import type { Random } from '../random'
import { relax, type Relax } from './corrections'
import { voteDifferences } from './gradientBlend'
import type { OffsetField } from './offsetField'
import { type Peeler, scriptPeeler } from './onionPeel'
import type { Reconstruction } from './reconstruct'

/**
 * The inner loops of one level. The field, the reconstruction and the level hold what it works on; another core than
 * this script's own may keep them elsewhere until `sync`.
 */
export interface RoundCore {
  /** For the first guess; its colours are those of the core. */
  peeler(): Peeler
  /** The field's matches were changed outside. */
  takeMatches(): void
  /** The distances of all matches, after the hole has changed. */
  refresh(): void
  /** @see OffsetField.searchPass */
  pass(direction: 1 | -1, reach: number, random: Random, tick: (targets: number) => void): void
  /** @see Reconstruction.vote */
  vote(sharpness: number): void
  /** Matches, distances, votes and colours are those of the field, the reconstruction and the level again. */
  sync(): void
  /** The level's colours were changed outside. */
  reload(): void
  /** After `sync`: the voted differences to the pixel `step` further (1 or the width), by slot. */
  differences(sharpness: number, step: number): Float32Array<ArrayBuffer>
  readonly relax: Relax
}

export type MakeCore = (field: OffsetField, reconstruction: Reconstruction) => RoundCore

/** In this script: the reference that every other core is equal to, byte for byte. */
export const scriptCore: MakeCore = (field, reconstruction) => ({
  peeler: () => scriptPeeler(field),
  takeMatches: () => {},
  refresh: () => field.refreshDistances(),
  pass: (direction, reach, random, tick) => field.searchPass(direction, reach, random, tick),
  vote: (sharpness) => reconstruction.vote(sharpness),
  sync: () => {},
  reload: () => {},
  differences: (sharpness, step) => voteDifferences(field, reconstruction, sharpness, step),
  relax,
})
