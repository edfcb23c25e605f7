import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveCommands } from '../../mask/command/maskCommand'
import { pictureDocument } from '../document.testkit'
import { DEFAULT_SENT } from '../sentArea'
import { documentOfRun, keysOfRun, paramsOfRun, readRunRecord, runDocumentOf } from './recordCodec'
import { runRecord as record } from './runRecord.testkit'
import { RECORD_VERSION_2, RECORD_VERSION_3 } from './storedVersions.testkit'

/** A record as version 1 wrote it. */
const VERSION_1 = {
  version: 1,
  id: '5a1b0d1e-9f57-4a57-9a3e-000000000001',
  createdAt: '2026-11-20T10:00:00.000Z',
  sentAt: '2026-11-20T10:00:01.000Z',
  backend: { id: 'replicate', url: 'https://proxy.example/v1', version: '95b7' },
  model: 'stability-ai/stable-diffusion-inpainting',
  phase: 'done',
  predictionId: 'p1',
  status: 'succeeded',
  source: { key: 'a'.repeat(64), name: 'holiday.png', width: 600, height: 400 },
  commands: Uint8Array.of(3, 10, 12, 70, 80),
  region: { x: -10, y: 0, width: 512, height: 512 },
  params: { prompt: 'a cup', seed: 7, engine: 'patchMatch' },
  seeds: [7],
  durationMs: 1234.5,
  outputCount: 1,
  error: null,
}

describe('run records', () => {
  it('read(stored record) = record', () => {
    fc.assert(
      fc.property(record, (original) => {
        expect(readRunRecord(structuredClone(original))).toEqual(original)
      }),
    )
  })

  it('name what they need of the store', () => {
    const raw = { rect: { x: 0, y: 0, width: 1, height: 1 }, whole: false }
    const read = { ...readRunRecord(VERSION_1)!, rawOutputs: [null, { ...raw, key: 'b' }] }
    expect(keysOfRun(read)).toEqual([VERSION_1.source.key, 'b'])
    fc.assert(
      fc.property(pictureDocument, record, (document, run) => {
        const keys = keysOfRun({ ...run, document: runDocumentOf(document) })
        expect(keys).toEqual(
          expect.arrayContaining([document.base.key, ...document.patches.map(({ pixels }) => pixels)]),
        )
      }),
    )
  })

  it('hold the document of the run: all but what a clear wiped out', () => {
    fc.assert(
      fc.property(pictureDocument, record, (document, run) => {
        const read = readRunRecord(structuredClone({ ...run, document: runDocumentOf(document) }))!
        expect(documentOfRun(read)).toEqual({
          ...document,
          mask: effectiveCommands(document.mask),
          sampling: effectiveCommands(document.sampling),
          guides: effectiveCommands(document.guides),
        })
      }),
    )
  })

  it('from before a part could be chosen send what they sent', () => {
    fc.assert(
      fc.property(pictureDocument, record, (document, run) => {
        const { sent: _, ...earlier } = runDocumentOf(document)
        const read = readRunRecord({ ...run, document: earlier })!
        expect(read.document).toEqual({ ...earlier, sent: DEFAULT_SENT })
        expect(readRunRecord({ ...run, document: { ...earlier, sent: { kind: 'rect' } } })).toBeNull()
      }),
    )
  })

  it('of version 1 are brought to this version', () => {
    const { model, source, commands, params, ...run } = VERSION_1
    const read = readRunRecord(VERSION_1)!
    expect(read).toEqual({
      ...run,
      version: 4,
      masked: true,
      document: {
        base: { ...source, link: { kind: 'file', name: 'holiday.png', sha256: source.key } },
        frame: { x: 0, y: 0, width: 600, height: 400 },
        sent: DEFAULT_SENT,
        commands,
        sampling: new Uint8Array(),
        guides: new Uint8Array(),
        patches: [],
        regions: [],
        setup: {
          backend: { id: 'replicate', url: 'https://proxy.example/v1' },
          model,
          version: '95b7',
          params,
          options: {},
          roles: {},
          polarity: null,
        },
      },
      rawOutputs: [],
    })
    expect(readRunRecord(read)).toEqual(read)
    expect(paramsOfRun(read)).toEqual(params)
    expect(documentOfRun(read).mask).toEqual([
      { kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 80 } },
    ])
  })

  it('from before there were guide lines open without any', () => {
    const { says, record: stored } = RECORD_VERSION_3
    const document = { ...stored.document, sampling: Uint8Array.of(3, 10, 12, 70, 80) }
    const read = readRunRecord(structuredClone({ ...stored, version: 4, document }))!
    const sampling = [{ kind: 'rectangle', mode: 'paint', rect: { x: 5, y: 6, width: 70, height: 80 } }]
    expect(documentOfRun(read)).toEqual({ ...says, sampling, guides: [] })
  })

  it.each([RECORD_VERSION_2, RECORD_VERSION_3])(
    'of version $record.version open, with the document as it was',
    ({ record: stored, says }) => {
      const read = readRunRecord(structuredClone(stored))!
      const document = {
        patches: [],
        regions: [],
        ...stored.document,
        sent: DEFAULT_SENT,
        sampling: new Uint8Array(),
        guides: new Uint8Array(),
      }
      expect(read).toEqual({ ...stored, version: 4, document })
      expect(documentOfRun(read)).toEqual(says)
      expect(readRunRecord(read)).toEqual(read)
    },
  )

  it('of version 1 whose picture was opened without a digest name it only', () => {
    const source = { ...VERSION_1.source, key: '0b0e7c1c-3c52-4f0e-8d6b-2f2f6f0f0f0f' }
    expect(readRunRecord({ ...VERSION_1, source })?.document.base.link).toEqual({
      kind: 'file',
      name: 'holiday.png',
      sha256: null,
    })
  })

  it('never hold a file', () => {
    fc.assert(
      fc.property(pictureDocument, (document) => {
        const params = { prompt: 'a', style: 'data:image/png;base64,AA' }
        const { setup } = runDocumentOf({
          ...document,
          setup: { ...document.setup, params, options: params },
        })
        expect(setup).toEqual({ ...document.setup, params: { prompt: 'a' }, options: { prompt: 'a' } })
      }),
    )
  })

  it('damaged, newer or something else, are null', () => {
    fc.assert(
      fc.property(record, fc.nat(), (original, which) => {
        const optional = new Set(['sentAt', 'cancelAskedAt', 'masked', 'details', 'best'])
        const keys = Object.keys(original).filter((key) => !optional.has(key))
        expect(readRunRecord({ ...original, [keys[which % keys.length]]: undefined })).toBeNull()
        expect(readRunRecord({ ...original, version: 5 })).toBeNull()
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readRunRecord(value)).toBeNull()
      }),
    )
  })
})
