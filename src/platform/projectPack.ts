import { Zip, ZipPassThrough } from 'fflate'
import {
  encodeProject,
  MANIFEST_NAME,
  type Project,
  type ProjectPart,
} from '../core/document/codec/projectCodec'
import { fitProject, type LeftOut } from '../core/document/codec/projectFit'
import type { PackedFile } from './projectApi'

/** Chunks are gathered to this size: the browser may hold a blob of it on disk. */
const BLOB_BYTES = 8 * 2 ** 20

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/gif': 'gif',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
}

/** Where the bytes go. */
interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void> | void
}

/**
 * Zips a project, file after file: no more than a piece of one is in memory. Pictures are packed already, so they are
 * stored; the manifest comes first and tells the others' sizes, so that one that was cut off can still be read.
 * @returns what did not fit
 */
export async function packProject(
  project: Project,
  given: readonly PackedFile[],
  sink: Sink,
): Promise<LeftOut> {
  const { fitting, left } = fitProject(project)
  const runs = new Set(fitting.runs.map(({ id }) => id))
  const files = given.filter(({ holds }) => holds.kind === 'pixels' || runs.has(holds.runId))
  const parts = files.map(({ holds, blob }, i): ProjectPart => {
    const folder = holds.kind === 'pixels' ? holds.kind : `${holds.kind}s`
    return { name: `${folder}/${i + 1}.${EXTENSIONS[blob.type] ?? 'bin'}`, bytes: blob.size, holds }
  })
  const made: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    made.push(chunk)
  })
  const flush = async () => {
    for (const chunk of made.splice(0)) await sink.write(chunk)
  }
  const manifest = new ZipPassThrough(MANIFEST_NAME)
  zip.add(manifest)
  manifest.push(new TextEncoder().encode(encodeProject(fitting, parts)), true)
  for (const [i, { blob }] of files.entries()) {
    const entry = new ZipPassThrough(parts[i].name)
    zip.add(entry)
    for await (const chunk of blob.stream()) {
      entry.push(chunk)
      await flush()
    }
    entry.push(new Uint8Array(0), true)
  }
  zip.end()
  await flush()
  return left
}

/** A sink that becomes a blob. */
export class BlobSink implements Sink {
  private readonly blobs: Blob[] = []
  private pending: Uint8Array<ArrayBuffer>[] = []
  private bytes = 0

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.pending.push(bytes)
    this.bytes += bytes.length
    if (this.bytes >= BLOB_BYTES) this.gather()
  }

  finish(type: string): Blob {
    this.gather()
    return new Blob(this.blobs, { type })
  }

  private gather(): void {
    this.blobs.push(new Blob(this.pending))
    this.pending = []
    this.bytes = 0
  }
}
