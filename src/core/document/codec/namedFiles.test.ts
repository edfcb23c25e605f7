import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictureDocument } from '../document.testkit'
import { draftOf } from '../draft'
import { encodeDraft } from './draftCodec'
import { NamedFiles } from './namedFiles'
import { runDocumentOf } from './recordCodec'
import { encodeEntry } from './journalCodec'
import { DRAFT_VERSION_1, RECORD_VERSION_2, RECORD_VERSION_3 } from './storedVersions.testkit'

const ABOUT = { tabId: 'tab', generation: 3, updatedAt: '2026-11-20T10:00:00.000Z' }
function unnamedFiles(
  files: readonly string[],
  runs: readonly unknown[],
  drafts: readonly unknown[],
  journals: readonly unknown[],
) {
  const named = new NamedFiles()
  for (const run of runs) named.addRun(run)
  for (const draft of drafts) named.addDraft(draft)
  named.addJournal(journals)
  return named.unnamed(files)
}

const RECORD = { ...RECORD_VERSION_2.record, version: 3 }

describe('unnamed files', () => {
  it('are those that neither a base, nor a patch, nor a raw output names', () => {
    fc.assert(
      fc.property(
        fc.array(pictureDocument, { maxLength: 3 }),
        fc.array(pictureDocument, { maxLength: 3 }),
        fc.uniqueArray(fc.uuid(), { maxLength: 4 }),
        (ran, open, others) => {
          const named = [
            ...[...ran, ...open].map(({ base }) => base.key),
            ...[...ran, ...open].flatMap(({ patches }) => patches.map(({ pixels }) => pixels)),
            ...(ran.length > 0 ? ['raw'] : []),
          ]
          const runs = ran.map((document) => ({ ...RECORD, document: runDocumentOf(document) }))
          const drafts = open.map((document) => encodeDraft(draftOf(document, ABOUT)))
          expect(unnamedFiles([...named, ...others], runs, drafts, [])).toEqual(others)
        },
      ),
    )
  })

  it('are not those that undo may bring back', () => {
    const { patches } = RECORD_VERSION_3.says
    const add = { kind: 'patch.add', patch: patches[0], place: 0 } as const
    const journal = [add, { kind: 'patch.remove', id: 'patch' } as const].map((edit) =>
      encodeEntry({ command: null, area: 'mask', edit }, new Map()),
    )
    expect(unnamedFiles(['raw', 'x'], [], [], ['damaged', ...journal])).toEqual(['x'])
  })

  it('are told by records and drafts of earlier versions too', () => {
    const { key } = DRAFT_VERSION_1.base
    expect(unnamedFiles([key, 'raw', 'x'], [RECORD_VERSION_2.record], [], [])).toEqual(['x'])
    expect(unnamedFiles([key, 'raw', 'x'], [], [DRAFT_VERSION_1], [])).toEqual(['raw', 'x'])
  })

  it('are none while something stored cannot be read', () => {
    expect(unnamedFiles(['x'], [{ ...RECORD, version: 99 }], [], [])).toEqual([])
    expect(unnamedFiles(['x'], [], [{ ...DRAFT_VERSION_1, version: 99 }], [])).toEqual([])
    expect(unnamedFiles(['x'], [], [], [])).toEqual(['x'])
  })
})
