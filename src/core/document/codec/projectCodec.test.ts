import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors'
import { effectiveCommands } from '../../mask/command/maskCommand'
import { isTerminal } from '../../prediction/prediction'
import type { PictureRef } from '../document'
import { pictureDocument } from '../document.testkit'
import {
  decodeProject,
  encodeProject,
  keysOfProject,
  MAX_PROJECT_RUNS,
  type Project,
  type ProjectPart,
  renamedKeys,
} from './projectCodec'
import { runRecord } from './runRecord.testkit'

const project: fc.Arbitrary<Project> = fc.record({
  document: pictureDocument,
  runs: fc.uniqueArray(runRecord, { maxLength: 3, selector: ({ id }) => id }),
})

const parts: fc.Arbitrary<ProjectPart[]> = fc
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

function asFile(base: PictureRef): PictureRef {
  const { name, key } = base
  return { ...base, link: { kind: 'file', name, sha256: key.length === 64 ? key : null } }
}

function codeOf(json: string): string {
  try {
    decodeProject(json)
    return 'read'
  } catch (error) {
    return error instanceof AppError ? error.code : `exception: ${String(error)}`
  }
}

type Json = Record<string, unknown>

/** The manifest of any project, changed. */
function changed(change: (manifest: Json & { document: Json; runs: Json[]; parts: Json[] }) => void): string {
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

describe('a project file', () => {
  it('read(written) is the project: all but what a clear wiped out and addresses; its runs are over', () => {
    fc.assert(
      fc.property(project, parts, (original, files) => {
        const read = decodeProject(encodeProject(original, files))
        expect(read.document).toEqual({
          ...original.document,
          base: asFile(original.document.base),
          mask: effectiveCommands(original.document.mask),
          sampling: effectiveCommands(original.document.sampling),
          guides: effectiveCommands(original.document.guides),
        })
        expect(read.parts).toEqual(files)
        expect(read.damagedRuns).toBe(0)
        expect(read.runs).toEqual(
          original.runs.map((run) => ({
            ...run,
            backend: { ...run.backend, url: null },
            document: {
              ...run.document,
              base: asFile(run.document.base),
              setup: { ...run.document.setup, backend: { ...run.document.setup.backend, url: null } },
            },
            phase: 'done',
            predictionId: null,
            status: isTerminal(run.status) ? run.status : 'canceled',
          })),
        )
        expect(encodeProject(read, files)).toBe(
          encodeProject(decodeProject(encodeProject(read, files)), files),
        )
      }),
    )
  })

  it('names its pixels anew, and forgets none', () => {
    fc.assert(
      fc.property(project, (original) => {
        const keys = keysOfProject(original)
        const names = new Map(keys.map((key) => [key, `new ${key}`]))
        expect(keysOfProject(renamedKeys(original, names))).toEqual(keys.map((key) => `new ${key}`))
        expect(renamedKeys(original, new Map())).toEqual(original)
      }),
    )
  })

  it('sets damaged runs aside, takes each id once, and opens the rest', () => {
    const json = changed(({ runs }) => {
      runs.push(
        { ...runs[0] },
        { id: 3 },
        { ...runs[0], id: 'big', region: { x: 0, y: 0, width: 1e9, height: 1 } },
      )
    })
    const read = decodeProject(json)
    expect(read.damagedRuns).toBe(2)
    expect(new Set(read.runs.map(({ id }) => id)).size).toBe(read.runs.length)
  })

  it.each<[string, string]>([
    ['is no JSON', '{'],
    ['is none', 'null'],
    ['is of another program', '{"format":"other","version":1}'],
    ['has no document', changed((manifest) => Reflect.deleteProperty(manifest, 'document'))],
    [
      'has a frame beyond all limits',
      changed(({ document }) => (document['frame'] = { x: 0, y: 0, width: 3e4, height: 3e4 })),
    ],
    ['has a mask that is no bytes', changed(({ document }) => (document['commands'] = 'not base64!'))],
    ['has a mask that cannot be read', changed(({ document }) => (document['commands'] = '////'))],
    ['has a path as a name', changed(({ parts: [part] }) => (part['name'] = '../pixels/1.png'))],
    ['has one name twice', changed(({ parts: all }) => all.push(all[0]))],
    [
      'has too many runs',
      changed(({ runs }) => runs.push(...Array.from({ length: MAX_PROJECT_RUNS }, () => ({})))),
    ],
  ])('that %s is refused', (_why, json) => {
    expect(codeOf(json)).toBe('project/unreadable')
  })

  it('of a newer version says so', () => {
    expect(codeOf(changed((manifest) => (manifest['version'] = 2)))).toBe('project/newer-version')
  })

  it('with prototype keys changes no prototype', () => {
    const json = changed(() => {})
      .replace('"setup":{', '"setup":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},')
      .replace('"document":{', '"__proto__":{"polluted":1},"document":{')
    decodeProject(json)
    expect(({} as Json)['polluted']).toBeUndefined()
    expect(codeOf(json.replace('"params":{', '"params":{"__proto__":{"polluted":1},'))).toBe(
      'project/unreadable',
    )
  })

  it('throws its own errors alone, whatever is changed', () => {
    const json = changed(() => {})
    fc.assert(
      fc.property(fc.nat(json.length), fc.nat(40), fc.json({ maxDepth: 2 }), (at, cut, put) => {
        expect(codeOf(json.slice(0, at) + put + json.slice(at + cut))).not.toContain('exception')
      }),
      { numRuns: 1000 },
    )
  })
})
