import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBase64 } from '../../base64'
import type { PictureDocument } from '../document'
import { pictureDocument } from '../document.testkit'
import { applyEdit } from '../edits'
import { stepsTo } from '../stepTree'
import { encodeStep, readJournal } from './journalCodec'
import { encodePatches } from './patchCodec'
import { decodeProject, encodeProject } from './projectCodec'
import { fitProject } from './projectFit'
import { encodeRegions } from './regionCodec'
import { changed, type Json, project, written } from './projectCodec.testkit'

describe('a project file', () => {
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
})
