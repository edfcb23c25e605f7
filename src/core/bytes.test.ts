import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteReader, ByteWriter } from './bytes'
import { encodeRuns } from './mask/raster/maskRuns'

type Part = { kind: 'byte' | 'varint'; value: number } | { kind: 'bytes'; value: Uint8Array<ArrayBuffer> }

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), value: fc.nat(255) }),
  fc.record({
    kind: fc.constant('varint' as const),
    value: fc.oneof(fc.nat(2 ** 31 - 1), fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 35 - 1)),
  }),
  fc.record({
    kind: fc.constant('bytes' as const),
    value: fc.uint8Array({ maxLength: 700 }).map((bytes) => Uint8Array.from(bytes)),
  }),
)

/** The definition of a varint. */
function plainVarint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128].concat(plainVarint(Math.floor(value / 128)))
}

function plain(parts: readonly Part[]): number[] {
  return parts.flatMap((next) =>
    next.kind === 'bytes' ? [...next.value] : next.kind === 'byte' ? [next.value] : plainVarint(next.value),
  )
}

function write(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  for (const next of parts) {
    if (next.kind === 'bytes') out.bytes(next.value)
    else out[next.kind](next.value)
  }
  return out.finish()
}

it('writes the bytes of the plain definition', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      expect([...write(parts)]).toEqual(plain(parts))
    }),
  )
})

it('reads back what was written, and throws one named error past the end', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const reader = new ByteReader(write(parts))
      for (const next of parts) {
        if (next.kind === 'bytes') expect(reader.bytes(next.value.length)).toEqual(next.value)
        else if (next.kind === 'byte') expect(reader.byte()).toBe(next.value)
        else expect(reader.varint(2 ** 35)).toBe(next.value)
      }
      expect(reader.done).toBe(true)
      expect(() => reader.byte()).toThrow(expect.objectContaining({ code: 'share/unreadable' }))
      expect(() => reader.bytes(1)).toThrow(expect.objectContaining({ code: 'share/unreadable' }))
    }),
  )
})

it('refuses a value over its limit', () => {
  expect(() => new ByteReader(Uint8Array.of(9)).byte(8)).toThrow(
    expect.objectContaining({ code: 'share/unreadable' }),
  )
  expect(() => new ByteReader(Uint8Array.of(0x80, 1)).varint(127)).toThrow(
    expect.objectContaining({ code: 'share/unreadable' }),
  )
})

it('run lengths of a raster are the bytes of the plain definition', () => {
  const runs = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 40_000 })), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(runs, (list) => {
      const data = Uint8Array.from(
        list.flatMap(([value, count]) => Array.from({ length: count }, () => value)),
      )
      const merged = list.reduce<[number, number][]>((all, [value, count]) => {
        const last = all.at(-1)
        if (last?.[0] === value) last[1] += count
        else all.push([value, count])
        return all
      }, [])
      const expected = merged.flatMap(([value, count]) => [value].concat(plainVarint(count)))
      expect([...encodeRuns({ width: data.length, height: 1, data })]).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})
