import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { runRecord } from '../core/document/codec/runRecord.testkit'
import { type Project } from '../core/document/codec/projectCodec'
import { pictureDocument } from '../core/document/document.testkit'
import { AppError } from '../core/errors'
import { sha256 } from './digest'
import type { PackedFile } from './projectApi'
import { BlobSink, packProject } from './projectPack'
import { unpackProject } from './projectUnpack'
import { PROJECT_VERSION_1_BASE64 } from './projectVersion1.testkit'

const [SAMPLE] = fc.sample(
  fc
    .record({ document: pictureDocument, history: fc.constant(null), runs: fc.tuple(runRecord) })
    .filter(({ document }) => document.patches.length > 0),
  { numRuns: 1, seed: 3 },
)

/** A picture's file: bytes that look like entries of a zip as well. */
function picture(seed: number, bytes = 3000): Blob {
  const data = Uint8Array.from({ length: bytes }, (_, i) => (i * seed + (i >> 5)) % 256)
  data.set([0x50, 0x4b, 0x03, 0x04, 0x50, 0x4b, 0x07, 0x08, 0x50, 0x4b, 0x05, 0x06], 100)
  return new Blob([data], { type: 'image/png' })
}

interface Made {
  readonly project: Project
  readonly files: readonly PackedFile[]
  readonly zip: Blob
}

/** The sample with a picture for its base and its first patch, and two outputs of its run. */
async function made(): Promise<Made> {
  const { document, runs } = SAMPLE
  const blobs = [picture(3), picture(5), picture(7), picture(11, 40_000)]
  const keys = await Promise.all(blobs.map(sha256))
  const patches = [{ ...document.patches[0], pixels: keys[1]! }]
  const project = {
    history: null,
    document: { ...document, base: { ...document.base, key: keys[0]! }, patches },
    runs,
  }
  const runId = runs[0].id
  const files: PackedFile[] = [
    { holds: { kind: 'pixels', key: keys[0]! }, blob: blobs[0] },
    { holds: { kind: 'pixels', key: keys[1]! }, blob: blobs[1] },
    { holds: { kind: 'output', runId, place: 0 }, blob: blobs[2] },
    { holds: { kind: 'output', runId, place: 1 }, blob: blobs[3] },
  ]
  const sink = new BlobSink()
  await packProject(project, files, sink)
  return { project, files, zip: sink.finish('application/x-pentimento') }
}

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer())

async function codeOf(zip: Blob): Promise<string> {
  try {
    return `missing ${(await unpackProject(zip)).missing}`
  } catch (error) {
    return error instanceof AppError ? error.code : `exception: ${String(error)}`
  }
}

describe('a packed project', () => {
  it('comes back whole: document, runs, every byte of every file', async () => {
    const { project, files, zip } = await made()
    const read = await unpackProject(zip)
    expect(read).toMatchObject({ missing: 0, project: { damaged: 0 } })
    expect(read.project.document.base.key).toBe(project.document.base.key)
    expect(read.project.document.patches).toEqual(project.document.patches)
    expect(read.project.runs.map(({ id }) => id)).toEqual(project.runs.map(({ id }) => id))
    const [base, patch, ...outputs] = files
    expect(await bytesOf(read.pixels.get(project.document.base.key)!)).toEqual(await bytesOf(base.blob))
    expect(await bytesOf(read.pixels.get(project.document.patches[0].pixels)!)).toEqual(
      await bytesOf(patch.blob),
    )
    for (const [place, { blob }] of outputs.entries())
      expect(await bytesOf(read.ofRuns[place].blob)).toEqual(await bytesOf(blob))
  })

  it('is a zip that other programs read, and may pack again', async () => {
    const { files, zip } = await made()
    const contents = unzipSync(await bytesOf(zip))
    expect(Object.keys(contents)).toEqual([
      'manifest.json',
      'pixels/1.png',
      'pixels/2.png',
      'outputs/3.png',
      'outputs/4.png',
    ])
    expect(contents['outputs/4.png']).toEqual(await bytesOf(files[3].blob))
    const again = zipSync({ ...contents, notes: Uint8Array.of(1) }, { level: 9 })
    expect((await unpackProject(new Blob([again]))).missing).toBe(0)
  })

  it('that was cut off opens as far as it goes, and tells how much is missing', async () => {
    const { zip } = await made()
    const seen = new Set<string>()
    for (let length = 0; length <= zip.size; length += 97) seen.add(await codeOf(zip.slice(0, length)))
    expect([...seen]).toEqual([
      'project/unreadable',
      'missing 4',
      'missing 3',
      'missing 2',
      'missing 1',
      'missing 0',
    ])
  })

  it('with a changed picture counts it as missing, and names it by what it is', async () => {
    const { project, zip } = await made()
    const bytes = await bytesOf(zip)
    const { byteOffset, length } = bytes
    expect(byteOffset).toBe(0)
    const text = new TextDecoder('latin1').decode(bytes)
    bytes[text.indexOf('pixels/1.png', text.indexOf('PK\u0003\u0004', 50)) + 200] ^= 255
    expect(bytes).toHaveLength(length)
    const read = await unpackProject(new Blob([bytes]))
    expect(read.missing).toBe(1)
    expect(read.project.document.base.key).not.toBe(project.document.base.key)
    expect(read.pixels.has(read.project.document.base.key)).toBe(true)
  })

  it('throws its own errors alone, whatever bytes are changed', async () => {
    const { zip } = await made()
    const bytes = await bytesOf(zip)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const changed = bytes.slice()
          for (const [at, value] of changes) changed[at] = value
          expect(await codeOf(new Blob([changed]))).not.toContain('exception')
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is no bomb: what inflates to more than it said is missing', async () => {
    const { zip } = await made()
    const contents = unzipSync(await bytesOf(zip))
    const bomb = new Uint8Array(100_000)
    const again = zipSync({ ...contents, 'pixels/1.png': bomb.subarray(0, 3000) })
    const packed = zipSync({ ...contents, 'pixels/1.png': bomb })
    expect(await codeOf(new Blob([packed]))).toBe('project/too-large')
    expect(await codeOf(new Blob([again]))).toBe('missing 1')
  })
})

describe('a project file of an earlier version', () => {
  it('opens whole: what it says of the picture, its kept result, its region and its run', async () => {
    const zip = new Blob([Uint8Array.from(atob(PROJECT_VERSION_1_BASE64), (c) => c.charCodeAt(0))])
    const { project, pixels, ofRuns, missing } = await unpackProject(zip)
    expect(missing).toBe(0)
    const { document, runs } = project
    const rect = { x: 0, y: 0, width: 3, height: 2 }
    expect(document).toMatchObject({ base: { name: 'holiday.png', width: 3, height: 2 }, frame: rect })
    expect(document.mask.map(({ kind }) => kind)).toEqual(['stroke', 'grow', 'rectangle'])
    expect(document.sampling.map(({ kind }) => kind)).toEqual(['rectangle'])
    expect(document.guides.map(({ kind }) => kind)).toEqual(['stroke'])
    expect(document.sent).toEqual({ kind: 'rect', rect })
    expect(document.regions).toMatchObject([{ id: 'sky', prompt: 'a blue sky', mask: [{ kind: 'clear' }] }])
    expect(document.setup).toMatchObject({ params: { prompt: 'Größe 猫' }, polarity: 'black' })
    const [{ blend, pixels: raw }] = document.patches
    expect(blend).toEqual({ featherPx: 3, growPx: -2, opacity: 80, matchColor: true, seam: 'none' })
    expect([...pixels.keys()]).toEqual([document.base.key, raw])
    expect(runs).toMatchObject([{ status: 'succeeded', seeds: [7], rawOutputs: [{ key: raw }] }])
    expect(ofRuns.map(({ holds }) => holds.kind)).toEqual(['output', 'thumbnail'])
  })
})
