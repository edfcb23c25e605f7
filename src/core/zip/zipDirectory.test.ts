import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { AppError } from '../errors'
import { entryStart, readZipDirectory } from './zipDirectory'
import { type MadeEntry, madeZip, sourceOf } from './zipFile.testkit'

const BYTES = Uint8Array.of(1, 2, 3)

async function codeOf(entries: readonly MadeEntry[]): Promise<string> {
  try {
    const read = await readZipDirectory(sourceOf(madeZip(entries)))
    return `${read?.length ?? 'no'} entries`
  } catch (error) {
    return error instanceof AppError ? error.code : `exception: ${String(error)}`
  }
}

describe('the directory of a zip', () => {
  it('names what another program packed, and where its bytes are', async () => {
    const files = {
      'manifest.json': new TextEncoder().encode('{}'),
      'pixels/1.png': Uint8Array.from({ length: 5000 }, (_, i) => i % 7),
    }
    const source = sourceOf(zipSync(files, { level: 0, comment: 'hello' }))
    const entries = (await readZipDirectory(source))!
    expect(entries.map(({ name, unpackedBytes }) => [name, unpackedBytes])).toEqual([
      ['manifest.json', 2],
      ['pixels/1.png', 5000],
    ])
    const start = await entryStart(source, entries[1])
    expect(await source.read(start, start + 5000)).toEqual(files['pixels/1.png'])
    const packed = (await readZipDirectory(sourceOf(zipSync(files))))!
    expect(packed.map(({ deflated }) => deflated)).toEqual([true, true])
  })

  it('is missing where the file was cut off', async () => {
    const zip = zipSync({ 'a.txt': BYTES })
    for (let length = 0; length < zip.length; length++)
      expect(await readZipDirectory(sourceOf(zip.slice(0, length)))).toBeNull()
  })

  it.each([
    '../up.png',
    '/etc/passwd',
    'C:\\x.png',
    'a\\b.png',
    'a/../../b',
    './a',
    'a//b',
    '',
    '<img src=x onerror=alert(1)>.png',
    'a\nb',
    'a\0b',
    'x'.repeat(300),
    'файл.png',
  ])('refuses the name %j', async (name) => {
    expect(await codeOf([{ name, bytes: BYTES }])).toBe('project/unsafe')
  })

  it('refuses copies, entries that share bytes, and entries behind its own place', async () => {
    const entry = { name: 'a.png', bytes: BYTES }
    expect(await codeOf([entry, { ...entry, name: 'A.PNG' }])).toBe('project/unsafe')
    expect(await codeOf([entry, { ...entry, name: 'b.png', offset: 0 }])).toBe('project/unsafe')
    expect(await codeOf([{ ...entry, offset: 30 }])).toBe('project/unsafe')
  })

  it('refuses bombs: by ratio, by the sum, by the number of entries', async () => {
    const bytes = new Uint8Array(1000)
    expect(await codeOf([{ name: 'a', bytes, method: 8, unpackedBytes: 1000 * 200 }])).toBe('1 entries')
    expect(await codeOf([{ name: 'a', bytes, method: 8, unpackedBytes: 1000 * 200 + 1 }])).toBe(
      'project/too-large',
    )
    const large = Array.from({ length: 300 }, (_, i) => ({
      name: `p/${i}`,
      bytes: new Uint8Array(40_000),
      method: 8,
      unpackedBytes: 8_000_000,
    }))
    expect(await codeOf(large)).toBe('project/too-large')
    const many = Array.from({ length: 10_000 }, (_, i) => ({ name: `p/${i}`, bytes: new Uint8Array(0) }))
    expect(await codeOf(many)).toBe('project/too-large')
  })

  it('refuses what is encrypted, packed in another way, or lies about its size', async () => {
    expect(await codeOf([{ name: 'a', bytes: BYTES, flags: 1 }])).toBe('project/unreadable')
    expect(await codeOf([{ name: 'a', bytes: BYTES, method: 14 }])).toBe('project/unreadable')
    expect(await codeOf([{ name: 'a', bytes: BYTES, unpackedBytes: 4 }])).toBe('project/unreadable')
  })

  it('throws its own errors alone, whatever byte is changed', async () => {
    const zip = zipSync({ 'manifest.json': BYTES, 'pixels/1.png': new Uint8Array(50) })
    await fc.assert(
      fc.asyncProperty(fc.nat(zip.length - 1), fc.nat(255), async (at, value) => {
        const changed = zip.slice()
        changed[at] = value
        const source = sourceOf(changed)
        try {
          for (const entry of (await readZipDirectory(source)) ?? []) await entryStart(source, entry)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
