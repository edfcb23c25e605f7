import fc from 'fast-check'
import { pictureDocument } from '../document.testkit'
import { encodeStep } from './journalCodec'
import { encodePatches } from './patchCodec'
import { encodeProject, type Project, type ProjectPart } from './projectCodec'
import { stepTree } from './projectHistory.testkit'
import { encodeRegions } from './regionCodec'
import { runRecord } from './runRecord.testkit'

const runList = fc.uniqueArray(runRecord, { maxLength: 3, selector: ({ id }) => id })

/** A document with the steps that led to it; the start of these. */
export const written = pictureDocument
  .map((document) => Object.assign({}, document, { mask: [], sampling: [], guides: [] }))
  .chain((start) => fc.record({ start: fc.constant(start), tree: stepTree(start), runs: runList }))

export const project: fc.Arbitrary<Project> = written.map(({ start, tree, runs: all }) => ({
  document: tree.shown,
  history: {
    tip: tree.tip,
    viewport: { zoom: 0.5, center: { x: 3, y: -7.25 } },
    frame: start.frame,
    patches: encodePatches(start.patches),
    regions: encodeRegions(start.regions),
    steps: tree.steps.map((step) => encodeStep(step, new Map())),
  },
  runs: all,
}))

export const parts: fc.Arbitrary<ProjectPart[]> = fc
  .array(
    fc.oneof(
      fc.uuid().map((key) => ({ kind: 'pixels' as const, key })),
      fc.record({ kind: fc.constant('output' as const), runId: fc.uuid(), place: fc.nat(7) }),
    ),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map((holds, i) => ({
      name: holds.kind === 'pixels' ? `pixels/${i + 1}.png` : `outputs/${i + 1}.webp`,
      bytes: 10 * i,
      holds,
    })),
  )

export type Json = Record<string, unknown>

/** The manifest of any project, changed. */
export function changed(
  change: (manifest: Json & { document: Json; runs: Json[]; parts: Json[] }) => void,
): string {
  const [first] = fc.sample(
    project.filter(({ runs }) => runs.length > 0),
    { numRuns: 1, seed: 7 },
  )
  const [part] = fc.sample(
    parts.filter((all) => all.length > 0),
    { numRuns: 1, seed: 7 },
  )
  const manifest = JSON.parse(encodeProject(first, part))
  change(manifest)
  return JSON.stringify(manifest)
}
