import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHeaders } from './headers'

describe('extra headers', () => {
  it('are read a line each, by lower-case name', () => {
    expect(parseHeaders('X-Connection-Api-Key: abc\n\n x-team :  a: b ')).toEqual({
      headers: { 'x-connection-api-key': 'abc', 'x-team': 'a: b' },
      refused: null,
    })
  })

  it.each([
    'Authorization: x',
    'Cookie: a',
    'content-type: text/plain',
    'no colon',
    ': x',
    'a b: c',
    'X: \u4e2d',
  ])('refuses %j', (line) => expect(parseHeaders(line).refused).toBe(line))

  it('makes of any text what fetch takes, or names a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { headers, refused } = parseHeaders(text)
        expect(() => new Headers(headers)).not.toThrow()
        if (refused !== null) expect(text).toContain(refused)
      }),
    )
  })
})
