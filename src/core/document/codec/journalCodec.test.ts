import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommands } from '../../mask/command/maskCodec'
import { commandList } from '../../mask/command/maskCommand.testkit'
import type { MaskCommand } from '../../mask/command/maskCommand'
import { rectOf } from '../../geometry'
import { overlayRgba } from '../../image/raster'
import { composeRegion } from '../composeRegion'
import { DEFAULT_SENT } from '../sentArea'
import { emptyDocument, setup } from '../document.testkit'
import { edit } from '../edit.testkit'
import { applyEdit, type StepEdit } from '../edits'
import { stepsTo } from '../stepTree'
import type { NumberedStep } from '../storedDocument'
import { encodeStep, readJournal, stepsOfDraft } from './journalCodec'

const URLS = ['https://masks.example/m.png', 'http://masks.example/n.jpg']
const NONE = new Map()
const BASE = { key: 'base', name: 'b', width: 9, height: 9, link: { kind: 'sample', id: 's' } } as const
const [SETUP] = fc.sample(setup, 1)
const AT = '2026-11-20T10:00:00.000Z'
/** No two are one object: addresses are known by it. */
const commands = commandList({ x: 0, y: 0, width: 90, height: 70 }, 5).map((list) =>
  list.map((command) => structuredClone(command)),
)
const stepOf = (command: MaskCommand, place: number): NumberedStep => ({
  number: place + 1,
  parent: place,
  at: AT,
  command,
  area: 'mask',
  edit: null,
})
const storedAs = (values: readonly unknown[]) => values.map((value, place) => ({ number: place + 1, value }))

describe('a journal', () => {
  it('reads as it was written, each command with the address of its mask', () => {
    fc.assert(
      fc.property(commands, fc.func(fc.option(fc.constantFrom(...URLS))), (list, urlOf) => {
        const urls = list.map((_command, place) => urlOf(place))
        const maskUrls = new Map(list.flatMap((one, place) => (urls[place] ? [[one, urls[place]]] : [])))
        const steps = list.map(stepOf)
        const read = readJournal(storedAs(structuredClone(steps.map((step) => encodeStep(step, maskUrls)))))
        expect(read.steps).toEqual(steps)
        expect(read.damaged).toBe(0)
        expect(read.steps.map(({ command }) => read.maskUrls.get(command!) ?? null)).toEqual(urls)
      }),
    )
  })

  it('holds edits of the kept results and of the frame in their order among the commands', () => {
    const kept = edit.map((make) => make(emptyDocument(BASE, SETUP)))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(kept), fc.boolean())), (list) => {
        const changes = list.flatMap(([one, clears]) => {
          const isStep = one && (one.kind.startsWith('patch.') || one.kind === 'frame')
          const change = isStep ? (one as StepEdit) : null
          const command = clears ? ({ kind: 'clear' } as const) : null
          return command || change ? [{ command, edit: change }] : []
        })
        const steps = changes.map(({ command, edit: change }, place): NumberedStep => {
          const { number, parent, at, area } = stepOf({ kind: 'clear' }, place)
          return { number, parent, at, area, command, edit: change }
        })
        const stored = structuredClone(steps.map((step) => encodeStep(step, NONE)))
        expect(readJournal(storedAs(stored)).steps).toEqual(steps)
      }),
    )
  })

  it('of drafts up to version 3 has baked results: each replaces its rectangle', () => {
    const file = new Blob(['png'])
    const baked = (id: string) => ({ id, rect: { x: 1, y: 2, width: 3, height: 4 }, file })
    const clear = encodeCommands([{ kind: 'clear' }])
    const { steps, files, damaged } = readJournal(
      storedAs(
        stepsOfDraft([
          { command: clear, area: 'sampling' },
          { command: clear, patch: baked('a') },
          { command: null, patch: baked('b') },
          { command: null, patch: { ...baked('c'), file: 'x' as unknown as Blob } },
          { command: null },
        ]),
      ),
    )
    expect(damaged).toBe(2)
    expect(steps.map(({ command, area }) => [command?.kind ?? null, area])).toEqual([
      ['clear', 'sampling'],
      ['clear', 'mask'],
      [null, 'mask'],
      [null, 'mask'],
      [null, 'mask'],
    ])
    const document = steps.reduce(
      (now, { edit: one }) => (one ? applyEdit(now, one) : now),
      emptyDocument(BASE, SETUP),
    )
    expect(document.patches.map(({ id, pixels }) => [id, pixels])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ])
    expect([...files]).toEqual([
      ['a', file],
      ['b', file],
    ])
    const image = { width: 3, height: 4, data: new Uint8ClampedArray(48).fill(9) }
    const base = { width: 9, height: 9, data: new Uint8ClampedArray(324) }
    const shown = composeRegion(document, rectOf(base), (key) => (key === BASE.key ? base : image))
    expect(shown).toEqual(overlayRgba(base, image, 1, 2))
  })

  it('has turns from before kept results were turned along: they show all of their picture', () => {
    const base = { ...BASE, key: 'turned', width: 9, height: 5 }
    const [sent, frame] = [DEFAULT_SENT, { x: 0, y: 0, width: 9, height: 5 }]
    const parts = { mask: [], sampling: [], guides: [], regions: [], patches: [] }
    const turn = { kind: 'turn', base, frame, ...parts, sent, sentBefore: sent } as const
    const [step] = [{ kind: 'clear' } as const].map(stepOf)
    const written = encodeStep({ ...step, command: null, edit: turn }, NONE)
    const {
      frame: _,
      patches: __,
      sent: ___,
      sentBefore: ____,
      ...old
    } = written.edit as Record<string, unknown>
    const { steps, damaged } = readJournal([{ number: 1, value: { ...written, edit: old } }])
    const link = { kind: 'file', name: base.name, sha256: null }
    expect([steps[0].edit, damaged]).toEqual([{ ...turn, base: { ...base, link } }, 0])
  })

  it('of a draft is one branch, from before addresses and areas were written, too', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const entries = list.map((command) => ({ command: encodeCommands([command]) }))
        const { steps } = readJournal(storedAs(stepsOfDraft(entries)))
        expect(steps).toEqual(list.map((command, place) => ({ ...stepOf(command, place), at: null })))
        expect(stepsTo(steps, list.length)).toEqual(steps)
      }),
    )
  })

  it('loses what is damaged, and no stroke around it', () => {
    fc.assert(
      fc.property(commands, fc.nat(), fc.anything(), (list, which, value) => {
        const steps = list.map(stepOf)
        const place = which % steps.length
        const good = encodeStep(steps[place], NONE)
        for (const bad of [
          value,
          { ...good, command: value },
          { ...good, command: Uint8Array.of(15) },
          { ...good, command: null },
          { ...good, area: 'x' },
          { ...good, parent: place + 1 },
          { ...good, number: 99 },
          {},
        ]) {
          const read = readJournal(
            storedAs(steps.map((step, at) => (at === place ? bad : encodeStep(step, NONE)))),
          )
          expect(read.damaged).toBe(1)
          const done = stepsTo(read.steps, steps.length).map(({ command }) => command)
          expect(done).toEqual(list.map((command, at) => (at === place ? null : command)))
        }
      }),
    )
  })

  it('passes over an address that is none', () => {
    const step = stepOf({ kind: 'invert' }, 0)
    for (const url of [7, null, 'javascript:alert(1)', `https://${'x'.repeat(9000)}`, {}]) {
      const read = readJournal(storedAs([{ ...encodeStep(step, NONE), maskUrl: url }]))
      expect(read).toEqual({ steps: [step], maskUrls: NONE, files: NONE, damaged: 0 })
    }
  })
})
