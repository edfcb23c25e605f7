import fc from 'fast-check'
import { expect, it } from 'vitest'
import { indicesOf } from './level'
import { RowCounts } from './rowCounts'

it('finds each flag that a list of them would hold, in its order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 90 }),
      (width, values) => {
        const flags = Uint8Array.from(
          { length: Math.ceil(values.length / width) * width },
          (_, p) => values[p] ?? 0,
        )
        const list = indicesOf(flags)
        const rows = new RowCounts(flags, width)
        expect(rows.count).toBe(list.length)
        expect(Array.from(list, (_, n) => rows.place(flags, n))).toEqual([...list])
      },
    ),
  )
})
