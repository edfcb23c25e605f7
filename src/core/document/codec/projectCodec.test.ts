import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../errors'
import { effectiveCommands } from '../../mask/command/maskCommand'
import { isTerminal } from '../../prediction/prediction'
import type { PictureRef } from '../document'
import {
  decodeProject,
  encodeProject,
  keysOfProject,
  MAX_PROJECT_RUNS,
  type Project,
  renamedKeys,
} from './projectCodec'
import { changed, type Json, parts, project } from './projectCodec.testkit'

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
        expect(read.damaged).toBe(0)
        expect(read.history).toEqual(original.history)
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
    expect(read.damaged).toBe(2)
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
    expect(codeOf(changed((manifest) => (manifest['version'] = 4)))).toBe('project/newer-version')
  })

  it('is of the version whose pages show it as it is', () => {
    fc.assert(
      fc.property(project, (one) => {
        const { version } = JSON.parse(encodeProject(one, []))
        const isTurned = one.history!.steps.some(({ edit }) => edit?.kind === 'turn')
        expect(version).toBe(isTurned ? 3 : 1)
        const runs: Project = { ...one, history: null, document: { ...one.document, patches: [] } }
        expect(JSON.parse(encodeProject({ ...runs, runs: [] }, [])).version).toBe(1)
        const [patch] = one.document.patches
        if (!patch) return
        const document = { ...one.document, patches: [{ ...patch, quarters: 1 as const }] }
        expect(JSON.parse(encodeProject({ ...runs, document }, [])).version).toBe(3)
      }),
    )
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
