import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictureDocument } from '../document.testkit'
import { draftOf, formDraft } from '../draft'
import { encodeDraft, readDraft } from './draftCodec'
import { DRAFT_VERSION_1, DRAFT_VERSION_2 } from './storedVersions.testkit'

const ABOUT = { tabId: 'tab', generation: 3, updatedAt: '2026-11-20T10:00:00.000Z' }

/** A draft as it was written before it had a version. */
const UNVERSIONED = {
  tabId: 'tab',
  sourceKey: 'a'.repeat(64),
  name: 'holiday.png',
  url: null,
  sampleId: null,
  generation: 2,
}

describe('drafts', () => {
  it('hold the document but what is painted', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const { base, frame, patches, setup } = document
        const { key, name, link, width, height } = base
        expect(readDraft(structuredClone(encodeDraft(draftOf(document, ABOUT))))).toEqual({
          ...ABOUT,
          base: { key, name, link },
          size: { width, height },
          frame,
          patches,
          setup,
        })
      }),
    )
  })

  it('hold the setup alone while no picture is open', () => {
    fc.assert(
      fc.property(pictureDocument, ({ setup }) => {
        expect(readDraft(structuredClone(encodeDraft(formDraft(setup, ABOUT))))).toEqual({
          ...ABOUT,
          base: null,
          size: null,
          frame: null,
          patches: [],
          setup,
        })
      }),
    )
  })

  it.each([
    [{}, { kind: 'file', name: 'holiday.png', sha256: null }],
    [{ url: 'https://a.example/x.png' }, { kind: 'url', url: 'https://a.example/x.png' }],
    [{ sampleId: 'coffee' }, { kind: 'sample', id: 'coffee' }],
  ])('from before versions are brought to this one: %j', (change, link) => {
    const read = readDraft({ ...UNVERSIONED, ...change })
    expect(read).toEqual({
      tabId: 'tab',
      generation: 2,
      updatedAt: null,
      base: { key: UNVERSIONED.sourceKey, name: 'holiday.png', link },
      size: null,
      frame: null,
      patches: [],
      setup: null,
    })
    expect(readDraft(encodeDraft(read!))).toEqual(read)
  })

  it('of version 1 open', () => {
    const { version: _, ...says } = DRAFT_VERSION_1
    const read = readDraft(structuredClone(DRAFT_VERSION_1))
    expect(read).toEqual({ ...says, patches: [] })
    expect(readDraft(encodeDraft(read!))).toEqual(read)
  })

  it('of version 2 open, with their patches', () => {
    const { version: _, ...about } = DRAFT_VERSION_2.draft
    const read = readDraft(structuredClone(DRAFT_VERSION_2.draft))
    expect(read).toEqual({ ...about, patches: DRAFT_VERSION_2.says })
    expect(readDraft(encodeDraft(read!))).toEqual(read)
  })

  it('of version 3 open, with their patches', () => {
    const { version: _, ...about } = DRAFT_VERSION_2.draft
    expect(readDraft({ ...structuredClone(DRAFT_VERSION_2.draft), version: 3 })).toEqual({
      ...about,
      patches: DRAFT_VERSION_2.says,
    })
  })

  it('never hold a file', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const params = { prompt: 'a', style: 'data:image/png;base64,AA' }
        const withFiles = { ...document, setup: { ...document.setup, params, options: params } }
        const { setup } = encodeDraft(draftOf(withFiles, ABOUT))
        expect(setup).toEqual({ ...document.setup, params: { prompt: 'a' }, options: { prompt: 'a' } })
      }),
    )
  })

  it('damaged, newer or something else, are null', () => {
    fc.assert(
      fc.property(pictureDocument, fc.nat(), (document, which) => {
        const draft = encodeDraft(draftOf(document, ABOUT))
        const keys = Object.keys(draft)
        expect(readDraft({ ...draft, [keys[which % keys.length]]: undefined })).toBeNull()
        expect(readDraft({ ...draft, version: 5 })).toBeNull()
        expect(readDraft({ ...UNVERSIONED, version: 5 })).toBeNull()
        expect(readDraft({ ...DRAFT_VERSION_1, version: 5 })).toBeNull()
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readDraft(value)).toBeNull()
      }),
    )
  })
})
