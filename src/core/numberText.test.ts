import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber, stepped } from './numberText'

describe('a number as typed', () => {
  it.each([
    ['1.5', 1.5],
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['12,25', 12.25],
    ['1234,567', 1234.567],
    [',5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['-2', -2],
    ['\u22122', -2],
    ['+7', 7],
    ['1e3', 1000],
    [' 42 ', 42],
    ['４２', 42],
    ['１，５', 1.5],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  it.each([
    '',
    '-',
    '1e',
    '1,',
    '1,234',
    '-12,345',
    '1.234,5',
    '1,234.5',
    '1 000',
    '0x10',
    '0b1',
    '0o7',
    '1_000',
    'Infinity',
    'NaN',
    '1e999',
    '15px',
    '1.5.2',
    '1,5,2',
    '１２３個',
    '9007199254740991.4',
    '1/2',
    '50 %',
  ])('%j is none', (text) => {
    expect(parseNumber(text)).toBeNaN()
  })

  it('is never another number than its digits say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999, max: 99_999 }),
        fc.nat(99),
        fc.constantFrom('.', ','),
        (whole, part, point) => {
          const digits = String(part).padStart(2, '0')
          expect(parseNumber(`${whole}${point}${digits}`)).toBe(Number(`${whole}.${digits}`))
        },
      ),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = parseNumber(text)
        if (Number.isNaN(value)) return
        expect(value).toBe(Number(text.normalize('NFKC').trim().replace('\u2212', '-').replace(',', '.')))
      }),
    )
  })
})

describe('an arrow key', () => {
  const tenths = { step: 0.1, low: 0, high: 20 }
  const wide = { step: 64, low: 64, high: 1024 }

  it('goes to the next step, then by whole steps, within the bounds', () => {
    expect(stepped(7.5, 1, tenths)).toBe(7.6)
    expect(stepped(0.3, -1, tenths)).toBe(0.2)
    expect(stepped(7.55, 1, tenths)).toBe(7.6)
    expect(stepped(7.55, -1, tenths)).toBe(7.5)
    expect(stepped(20, 1, tenths)).toBe(20)
    expect(stepped(500, 1, wide)).toBe(512)
    expect(stepped(512, -10, wide)).toBe(64)
    expect(stepped(undefined, 1, wide)).toBe(64)
    expect(stepped(undefined, 1, { step: 1, low: null, high: null })).toBe(1)
  })

  it('up and down again is where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 198 }), (tenth) => {
        const value = tenth / 10
        expect(stepped(stepped(value, 1, tenths), -1, tenths)).toBe(value)
      }),
    )
  })
})
