import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommands } from '../../mask/command/maskCodec'
import { commandList } from '../../mask/command/maskCommand.testkit'
import { rectOf } from '../../geometry'
import { overlayRgba } from '../../image/raster'
import type { MaskCommand } from '../../mask/command/maskCommand'
import { composeRegion } from '../composeRegion'
import { emptyDocument } from '../document'
import { edit, setup } from '../document.testkit'
import type { DraftStep } from '../draft'
import { applyEdit, type PatchEdit } from '../edits'
import { encodeEntry, readJournal } from './journalCodec'

const URLS = ['https://masks.example/m.png', 'http://masks.example/n.jpg']
const NONE = new Map()
const BASE = { key: 'base', name: 'b', width: 9, height: 9, link: { kind: 'sample', id: 's' } } as const
const [SETUP] = fc.sample(setup, 1)
const stepOf = (command: MaskCommand): DraftStep => ({ command, area: 'mask', edit: null })
/** No two are one object: addresses are known by it. */
const commands = commandList({ x: 0, y: 0, width: 90, height: 70 }, 5).map((list) =>
  list.map((command) => structuredClone(command)),
)

describe('a journal', () => {
  it('read(entries) = commands, each with the address of its mask', () => {
    fc.assert(
      fc.property(commands, fc.func(fc.option(fc.constantFrom(...URLS))), (list, urlOf) => {
        const urls = list.map((_command, place) => urlOf(place))
        const maskUrls = new Map(list.flatMap((one, place) => (urls[place] ? [[one, urls[place]]] : [])))
        const read = readJournal(structuredClone(list.map((one) => encodeEntry(stepOf(one), maskUrls))))
        expect(read.steps).toEqual(list.map(stepOf))
        expect(read.steps.map(({ command }) => read.maskUrls.get(command!) ?? null)).toEqual(urls)
      }),
    )
  })

  it('holds edits of the kept results in their order among the commands', () => {
    const kept = edit.map((make) => make(emptyDocument(BASE, SETUP)))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.option(kept), fc.boolean())), (list) => {
        const steps = list.flatMap(([one, clears]): DraftStep[] => {
          const change = one?.kind.startsWith('patch.') ? (one as PatchEdit) : null
          const command = clears ? ({ kind: 'clear' } as const) : null
          return command || change ? [{ command, area: 'mask', edit: change }] : []
        })
        expect(readJournal(structuredClone(steps.map((step) => encodeEntry(step, NONE)))).steps).toEqual(
          steps,
        )
      }),
    )
  })

  it('of drafts up to version 3 has baked results: each replaces its rectangle', () => {
    const file = new Blob(['png'])
    const baked = (id: string) => ({ id, rect: { x: 1, y: 2, width: 3, height: 4 }, file })
    const clear = encodeCommands([{ kind: 'clear' }])
    const { steps, files } = readJournal([
      { command: clear, area: 'sampling' },
      { command: clear, patch: baked('a') },
      { command: null, patch: baked('b') },
      { command: null, patch: { ...baked('c'), file: 'x' } },
      { command: null },
    ])
    expect(steps.map(({ command, area }) => [command?.kind ?? null, area])).toEqual([
      ['clear', 'sampling'],
      ['clear', 'mask'],
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

  it('from before addresses and areas were written opens', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const entries = list.map((command) => ({ command: encodeCommands([command]) }))
        expect(readJournal(entries)).toEqual({ steps: list.map(stepOf), maskUrls: NONE, files: NONE })
      }),
    )
  })

  it('passes over what is damaged, and over an address that is none', () => {
    fc.assert(
      fc.property(commands, fc.anything(), (list, value) => {
        const entries = list.map((command) => encodeEntry(stepOf(command), NONE))
        const damaged = [
          value,
          { command: value },
          { command: Uint8Array.of(15) },
          { ...encodeEntry(stepOf({ kind: 'clear' }), NONE), area: 'x' },
          {},
        ]
        expect(readJournal([...damaged, ...entries, ...damaged]).steps).toEqual(list.map(stepOf))
      }),
    )
    const command = { kind: 'invert' } as const
    for (const url of [7, null, 'javascript:alert(1)', `https://${'x'.repeat(9000)}`, {}]) {
      const entry = { ...encodeEntry(stepOf(command), NONE), maskUrl: url }
      expect(readJournal([entry])).toEqual({ steps: [stepOf(command)], maskUrls: NONE, files: NONE })
    }
  })
})
