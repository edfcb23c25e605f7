import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictureDocument } from '../document.testkit'
import { encodeContents, encodeSummary } from './documentCodec'
import { runDocumentOf } from './recordCodec'
import { RECORD_VERSION_2 } from './storedVersions.testkit'
import { NamedFiles } from './namedFiles'
import { DEFAULT_SENT } from '../sentArea'

const AT = '2026-11-20T10:00:00.000Z'
const SUMMARY = {
  id: 'd',
  createdAt: AT,
  updatedAt: AT,
  size: null,
  tip: 0,
  writer: '',
  starred: false,
  from: null,
}
interface Stored {
  readonly runs: readonly unknown[]
  readonly summaries: readonly unknown[]
  readonly contents: readonly unknown[]
}

function unnamedFiles(files: readonly string[], { runs, summaries, contents }: Stored) {
  const named = new NamedFiles()
  for (const run of runs) named.addRun(run)
  for (const summary of summaries) named.addSummary(summary)
  for (const rest of contents) named.addContents(rest)
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
          const summaries = open.map(({ base, patches }) =>
            encodeSummary({ ...SUMMARY, base, pixels: patches.map(({ id }) => id) }),
          )
          const contents = open.map(({ frame, patches, setup }) =>
            encodeContents({ frame, sent: DEFAULT_SENT, patches, regions: [], setup, viewport: null }),
          )
          const ofSteps = open.flatMap(({ patches }) => patches.map(({ id }) => id))
          const files = [...named, ...ofSteps, ...others]
          expect(unnamedFiles(files, { runs, summaries, contents })).toEqual(others)
        },
      ),
    )
  })

  it('are told by records of earlier versions too', () => {
    const { key } = RECORD_VERSION_2.says.base
    const stored = { runs: [RECORD_VERSION_2.record], summaries: [], contents: [] }
    expect(unnamedFiles([key, 'raw', 'x'], stored)).toEqual(['x'])
  })

  it('are none while something stored cannot be read', () => {
    const none = { runs: [], summaries: [], contents: [] }
    expect(unnamedFiles(['x'], { ...none, runs: [{ ...RECORD, version: 99 }] })).toEqual([])
    expect(unnamedFiles(['x'], { ...none, summaries: [{}] })).toEqual([])
    expect(unnamedFiles(['x'], { ...none, contents: [{}] })).toEqual([])
    expect(unnamedFiles(['x'], none)).toEqual(['x'])
  })
})
