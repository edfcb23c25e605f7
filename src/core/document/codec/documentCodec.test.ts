import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linkedSource, patchList, regionList, sentArea, setup, side } from '../document.testkit'
import type { DocumentContents, DocumentSummary } from '../storedDocument'
import { encodeContents, encodeSummary, readContents, readSummary } from './documentCodec'
import { readDraft } from './draftCodec'
import { DRAFT_VERSION_1, DRAFT_VERSION_2 } from './storedVersions.testkit'
import { DEFAULT_SENT } from '../sentArea'

const FRAME = { x: 0, y: 0, width: 700, height: 500 }
const time = fc.constantFrom('2026-11-20T10:00:00.000Z', '1970-01-01T00:00:00.000Z')

const summary: fc.Arbitrary<DocumentSummary> = fc.record({
  id: fc.uuid(),
  createdAt: time,
  updatedAt: time,
  base: fc.option(fc.record({ key: fc.uuid(), name: fc.string(), link: linkedSource })),
  size: fc.option(fc.record({ width: side, height: side })),
  tip: fc.nat(),
  writer: fc.uuid(),
  starred: fc.boolean(),
  pixels: fc.array(fc.uuid(), { maxLength: 3 }),
  from: fc.option(fc.record({ id: fc.uuid(), step: fc.nat() })),
})

const contents: fc.Arbitrary<DocumentContents> = fc.record({
  frame: fc.option(fc.constant(FRAME)),
  sent: sentArea,
  patches: patchList(FRAME),
  regions: regionList,
  setup: fc.option(setup),
  viewport: fc.option(
    fc.record({
      zoom: fc.double({ min: 0.01, max: 64, noNaN: true }),
      center: fc.record({ x: fc.integer(), y: fc.integer() }),
    }),
  ),
})

describe('stored documents', () => {
  it('read as they were written', () => {
    fc.assert(
      fc.property(summary, contents, (about, rest) => {
        expect(readSummary(structuredClone(encodeSummary(about)))).toEqual(about)
        expect(readContents(structuredClone(encodeContents(rest)))).toEqual(rest)
      }),
    )
  })

  it('from before a part could be chosen send what they sent', () => {
    fc.assert(
      fc.property(contents, (rest) => {
        const { sent: _, ...earlier } = encodeContents(rest)
        expect(readContents(earlier)).toEqual({ ...rest, sent: DEFAULT_SENT })
        expect(readContents({ ...earlier, sent: { kind: 'around', context: 101 } })).toBeNull()
      }),
    )
  })

  it('from before there were regions have none', () => {
    fc.assert(
      fc.property(contents, (rest) => {
        const { regions: _, ...earlier } = encodeContents(rest)
        expect(readContents(earlier)).toEqual({ ...rest, regions: [] })
        expect(readContents({ ...earlier, regions: [{ id: 'a' }] })).toBeNull()
      }),
    )
  })

  it('never hold a file of the form', () => {
    fc.assert(
      fc.property(contents, setup, (rest, one) => {
        const params = { prompt: 'a', style: 'data:image/png;base64,AA' }
        const written = encodeContents({ ...rest, setup: { ...one, params, options: params } })
        expect(written.setup).toEqual({ ...one, params: { prompt: 'a' }, options: { prompt: 'a' } })
      }),
    )
  })

  it('damaged, newer or something else, are null; a view that is none costs the view alone', () => {
    fc.assert(
      fc.property(summary, contents, fc.nat(), fc.anything(), (about, rest, which, value) => {
        for (const [stored, read] of [
          [encodeSummary(about), readSummary],
          [encodeContents({ ...rest, viewport: null }), readContents],
        ] as const) {
          const keys = Object.keys(stored).filter((key) => !['viewport', 'sent', 'regions'].includes(key))
          expect(read({ ...stored, [keys[which % keys.length]]: undefined })).toBeNull()
          expect(read({ ...stored, version: 2 })).toBeNull()
          expect(read(value)).toBeNull()
        }
        expect(readContents({ ...encodeContents(rest), viewport: { zoom: -1 } })).toEqual({
          ...rest,
          viewport: null,
        })
      }),
    )
  })
})

/** A draft as it was written before it had a version. */
const UNVERSIONED = {
  tabId: 'tab',
  sourceKey: 'a'.repeat(64),
  name: 'holiday.png',
  url: null,
  sampleId: null,
  generation: 2,
}

describe('drafts of earlier versions become documents', () => {
  it.each([
    [{}, { kind: 'file', name: 'holiday.png', sha256: null }],
    [{ url: 'https://a.example/x.png' }, { kind: 'url', url: 'https://a.example/x.png' }],
    [{ sampleId: 'coffee' }, { kind: 'sample', id: 'coffee' }],
  ])('from before versions were written: %j', (change, link) => {
    const read = readDraft({ ...UNVERSIONED, ...change })!
    expect(read.generation).toBe(2)
    expect(read.summary).toMatchObject({
      id: 'tab',
      base: { key: UNVERSIONED.sourceKey, name: 'holiday.png', link },
      size: null,
    })
    expect(read.contents).toEqual({
      frame: null,
      sent: DEFAULT_SENT,
      patches: [],
      regions: [],
      setup: null,
      viewport: null,
    })
  })

  it.each([
    [DRAFT_VERSION_1, []],
    [DRAFT_VERSION_2.draft, DRAFT_VERSION_2.says],
    [{ ...DRAFT_VERSION_2.draft, version: 3 }, DRAFT_VERSION_2.says],
    [{ ...DRAFT_VERSION_2.draft, version: 4 }, DRAFT_VERSION_2.says],
  ])('of version $version', (draft, patches) => {
    const read = readDraft(structuredClone(draft))!
    const { base, size, frame, setup: form, updatedAt } = DRAFT_VERSION_1
    expect(read.summary).toMatchObject({ id: 'tab', createdAt: updatedAt, updatedAt, base, size })
    expect(read.contents).toEqual({
      frame,
      sent: DEFAULT_SENT,
      patches,
      regions: [],
      setup: form,
      viewport: null,
    })
    expect(readSummary(encodeSummary(read.summary))).toEqual(read.summary)
    expect(readContents(encodeContents(read.contents))).toEqual(read.contents)
  })

  it('damaged or something else, are null', () => {
    for (const draft of [DRAFT_VERSION_1, DRAFT_VERSION_2.draft, UNVERSIONED])
      for (const key of Object.keys(draft).filter((one) => one !== 'version'))
        expect(readDraft({ ...draft, [key]: undefined })).toBeNull()
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readDraft(value)).toBeNull()
      }),
    )
  })
})
