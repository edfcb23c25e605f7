import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeCommands } from '../../mask/command/maskCodec'
import { commandList } from '../../mask/command/maskCommand.testkit'
import { encodeEntry, readJournal } from './journalCodec'

const URLS = ['https://masks.example/m.png', 'http://masks.example/n.jpg']
const NONE = new Map()
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
        const read = readJournal(structuredClone(list.map((one) => encodeEntry(one, maskUrls))))
        expect(read.commands).toEqual(list)
        expect(read.commands.map((one) => read.maskUrls.get(one) ?? null)).toEqual(urls)
      }),
    )
  })

  it('from before addresses were written opens', () => {
    fc.assert(
      fc.property(commands, (list) => {
        const entries = list.map((command) => ({ command: encodeCommands([command]) }))
        expect(readJournal(entries)).toEqual({ commands: list, maskUrls: NONE })
      }),
    )
  })

  it('passes over what is damaged, and over an address that is none', () => {
    fc.assert(
      fc.property(commands, fc.anything(), (list, value) => {
        const entries = list.map((command) => encodeEntry(command, NONE))
        const damaged = [value, { command: value }, { command: Uint8Array.of(15) }, {}]
        expect(readJournal([...damaged, ...entries, ...damaged]).commands).toEqual(list)
      }),
    )
    const command = { kind: 'invert' } as const
    for (const url of [7, null, 'javascript:alert(1)', `https://${'x'.repeat(9000)}`, {}]) {
      const entry = { ...encodeEntry(command, NONE), maskUrl: url }
      expect(readJournal([entry])).toEqual({ commands: [command], maskUrls: NONE })
    }
  })
})
