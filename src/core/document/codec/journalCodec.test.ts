import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommands } from '../../mask/command/maskCodec'
import { commandList } from '../../mask/command/maskCommand.testkit'
import type { DraftStep } from '../draft'
import type { MaskCommand } from '../../mask/command/maskCommand'
import { encodeEntry, readJournal } from './journalCodec'

const URLS = ['https://masks.example/m.png', 'http://masks.example/n.jpg']
const NONE = new Map()
const stepOf = (command: MaskCommand): DraftStep => ({ command, area: 'mask', patch: null })
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

  it('holds applied results in their order among the commands', () => {
    const command = { kind: 'clear' } as const
    const patch = { id: 'a', rect: { x: 1, y: 2, width: 3, height: 4 }, file: new Blob(['png']) }
    const steps = [
      { command, area: 'mask', patch: null },
      { command, area: 'sampling', patch: null },
      { command, area: 'mask', patch },
      { command: null, area: 'mask', patch },
    ] as const
    expect(readJournal(steps.map((step) => encodeEntry(step, NONE))).steps).toEqual(steps)
    expect(readJournal([{ command: null }, { command: null, patch: { ...patch, file: 'x' } }]).steps).toEqual(
      [],
    )
  })

  it('from before addresses and areas were written opens', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const entries = list.map((command) => ({ command: encodeCommands([command]) }))
        expect(readJournal(entries)).toEqual({ steps: list.map(stepOf), maskUrls: NONE })
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
      expect(readJournal([entry])).toEqual({ steps: [stepOf(command)], maskUrls: NONE })
    }
  })
})
