import type { Random } from '../random'
import { type Corrections, correctionsFor, relax, type Relax } from './corrections'
import { type VisitDifferences, voteDifferences } from './gradientBlend'
import type { OffsetField } from './offsetField'
import { type Peeler, scriptPeeler } from './onionPeel'
import type { Reconstruction } from './reconstruct'

/**
 * The inner loops of one level. They work on the field, the reconstruction and the level, whose arrays a core may move
 * into memory of its own.
 */
export interface RoundCore {
  /** Makes the first guess. */
  peeler(): Peeler
  /** Recomputes the distances of all matches, after the hole has changed. */
  refresh(): void
  /** @see OffsetField.searchPass */
  pass(direction: 1 | -1, reach: number, slack: number, random: Random, tick: (targets: number) => void): void
  /** @see Reconstruction.vote */
  vote(sharpness: number): void
  /** Votes for the differences to the pixel `step` further (1 or the width). */
  differences(sharpness: number, step: number, visit: VisitDifferences): void
  /**
   * After these: room for the equations that `relax` solves, from corrections of 0. Of the field and the reconstruction
   * only colours and pixels are left.
   * @param wanted of the finest level; moved
   */
  begin(wanted: Float32Array<ArrayBuffer>): Corrections
  readonly relax: Relax
}

export type MakeCore = (field: OffsetField, reconstruction: Reconstruction) => RoundCore

/** The TypeScript core: every other core gives the same bytes. */
export const scriptCore: MakeCore = (field, reconstruction) => ({
  peeler: () => scriptPeeler(field),
  refresh: () => field.refreshDistances(),
  pass: (direction, reach, slack, random, tick) => field.searchPass(direction, reach, slack, random, tick),
  vote: (sharpness) => reconstruction.vote(sharpness),
  differences: (sharpness, step, visit) =>
    visit(0, reconstruction.pixels.length, voteDifferences(field, reconstruction, sharpness, step)),
  begin: (wanted) => correctionsFor(wanted.length / 4, wanted),
  relax,
})
