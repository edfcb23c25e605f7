import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64 } from '../../base64'
import { AppError } from '../../errors'
import { effectiveCommands } from '../../mask/command/maskCommand'
import { isTerminal } from '../../prediction/prediction'
import type { PictureDocument, PictureRef } from '../document'
import { pictureDocument } from '../document.testkit'
import { applyEdit } from '../edits'
import { stepsTo } from '../stepTree'
import { encodeStep, readJournal } from './journalCodec'
import { encodePatches } from './patchCodec'
import {
  decodeProject,
  encodeProject,
  keysOfProject,
  MAX_PROJECT_RUNS,
  type Project,
  type ProjectPart,
  renamedKeys,
} from './projectCodec'
import { fitProject } from './projectFit'
import { stepTree } from './projectHistory.testkit'
import { encodeRegions } from './regionCodec'
import { runRecord } from './runRecord.testkit'

const runList = fc.uniqueArray(runRecord, { maxLength: 3, selector: ({ id }) => id })

/** A document with the steps that led to it; the start of these. */
const written = pictureDocument
  .map((document) => ({ ...document, mask: [], sampling: [], guides: [] }))
  .chain((start) => fc.record({ start: fc.constant(start), tree: stepTree(start), runs: runList }))

const project: fc.Arbitrary<Project> = written.map(({ start, tree, runs: all }) => ({
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

  it('leads by its steps to what is shown, and undone steps are there', () => {
    fc.assert(
      fc.property(written, project, ({ start, tree }, other) => {
        const steps = tree.steps.map((step) => encodeStep(step, new Map()))
        const given = {
          ...other,
          document: tree.shown,
          history: { ...other.history!, steps, tip: tree.tip },
        }
        const { history } = decodeProject(encodeProject(given, []))
        const journal = readJournal(history.steps.map((value) => ({ number: value.number, value })))
        expect(journal.steps).toEqual(tree.steps)
        const shown = stepsTo(journal.steps, history.tip).reduce((document, { command, area, edit }) => {
          const painted = command ? applyEdit(document, { kind: 'paint', area, command }) : document
          return edit ? applyEdit(painted, edit) : painted
        }, start as PictureDocument)
        expect(shown).toEqual(tree.shown)
      }),
    )
  })

  it('without steps has one for each command, and starts from its kept results', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const { document: read, history } = decodeProject(
          encodeProject({ document, history: null, runs: [] }, []),
        )
        const { steps } = readJournal(history.steps.map((value) => ({ number: value.number, value })))
        const done = (area: string) => steps.flatMap((step) => (step.area === area ? step.command! : []))
        expect([done('mask'), done('sampling'), done('guides')]).toEqual([
          read.mask,
          read.sampling,
          read.guides,
        ])
        expect(stepsTo(steps, history.tip)).toEqual(steps)
        expect(history.patches).toEqual(encodePatches(document.patches))
        expect(history.regions).toEqual(encodeRegions(document.regions))
      }),
    )
  })

  it('with damaged steps opens: each changes nothing, and is counted', () => {
    const [first] = fc.sample(
      project.filter(({ history }) => history!.steps.length > 2),
      { numRuns: 1, seed: 4 },
    )
    const change = (make: (steps: Json[]) => unknown[]) => {
      const manifest = JSON.parse(encodeProject(first, []))
      manifest.history.steps = make(manifest.history.steps.slice(0, 3))
      return decodeProject(JSON.stringify(manifest))
    }
    const whole = first.history!.steps
    expect(change((steps) => steps.with(1, { number: 2, parent: 7 }))).toMatchObject({
      damaged: 1,
      history: { steps: [whole[0], { number: 2, parent: 1, command: null }, whole[2]] },
    })
    expect(change((steps) => [{ number: 1e300 }, null, steps[0], steps[0]])).toMatchObject({
      damaged: 3,
      history: { steps: [whole[0]] },
    })
  })

  it('with steps beyond all limits, or none that can be read, opens as it is shown', () => {
    const opened = (history: unknown) => {
      const json = changed((manifest) => (manifest['history'] = history))
      const { document, history: read, damaged } = decodeProject(json)
      expect(read.steps.length).toBe(document.mask.length + document.sampling.length + document.guides.length)
      return damaged
    }
    const step = {
      number: 1,
      parent: 0,
      at: null,
      command: { base64: toBase64(new Uint8Array(17 * 2 ** 20)) },
    }
    const bare = { tip: 1, viewport: null, frame: null, patches: [], regions: [] }
    expect(opened(undefined)).toBe(0)
    expect(opened(3)).toBe(1)
    expect(opened({ ...bare, steps: [step] })).toBe(1)
    expect(opened({ ...bare, steps: Array.from({ length: 20_001 }, () => null) })).toBe(1)
    // Deeper than a stack: what lies below the levels of a step is not looked at.
    const deep = changed((manifest) => (manifest['history'] = { ...bare, steps: ['deep'] }))
    const levels = 20_000
    expect(decodeProject(deep.replace('"deep"', '['.repeat(levels) + ']'.repeat(levels)))).toMatchObject({
      damaged: 1,
      history: { steps: [] },
    })
  })

  it('too large to be opened again leaves out the oldest runs, then steps of other branches', () => {
    const [first] = fc.sample(
      project.filter(({ runs: all }) => all.length > 1),
      { numRuns: 1, seed: 9 },
    )
    const long = { ...first.runs[0], logs: 'x'.repeat(10 * 2 ** 20) }
    const raster = { kind: 'raster', mode: 'paint', rect: { x: 0, y: 0, width: 9, height: 9 } } as const
    const step = (number: number, parent: number, bytes: number) =>
      encodeStep(
        {
          number,
          parent,
          at: null,
          area: 'mask',
          edit: null,
          command: { ...raster, runs: new Uint8Array(bytes) },
        },
        new Map(),
      )
    const history = { ...first.history!, tip: 2, steps: [step(1, 0, 8e6), step(2, 0, 9e6), step(3, 2, 9)] }
    const { fitting, left } = fitProject({ ...first, history, runs: [long, { ...long, id: 'b' }] })
    expect(left).toEqual({ steps: 1, runs: 1 })
    expect(fitting.history!.steps.map(({ number }) => number)).toEqual([2, 3])
    expect(fitting.runs.map(({ id }) => id)).toEqual([long.id])
    expect(fitProject(first)).toEqual({ fitting: first, left: { steps: 0, runs: 0 } })
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
