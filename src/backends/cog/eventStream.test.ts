import fc from 'fast-check'
import { expect, it } from 'vitest'
import { EventStream, type StreamEvent } from './eventStream'

it('is read from pieces of any length as from one', () => {
  const events = fc.array(fc.record({ name: fc.constantFrom('log', 'output'), data: fc.jsonValue() }))
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (list, cuts) => {
      const text = list.map(({ name, data }) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('')
      const reader = new EventStream()
      const read: StreamEvent[] = []
      for (let at = 0; at < text.length;) {
        const length = cuts.next().value
        read.push(...reader.push(text.slice(at, at + length)))
        at += length
      }
      expect(read).toEqual(JSON.parse(JSON.stringify(list)))
    }),
  )
})
