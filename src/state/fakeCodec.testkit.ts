import { AppError } from '../core/errors'
import { heatMap } from '../core/image/difference'
import type { RgbaImage } from '../core/image/raster'
import { resampleRgba } from '../core/image/resample'
import { rotatedMask, rotateRgba, turnRgba } from '../core/image/rotate'
import { exportPixels } from '../core/image/exportPixels'
import { placeOutput } from '../core/run/placeOutput'
import type { ExportJob } from '../platform/exportApi'
import type { Ports } from './ports'
import { fakeScale } from './fakeScale.testkit'
import type { FakeBrowser } from './fakeBrowser.testkit'
import {
  blobOf,
  digestOf,
  fakeImage,
  fileFacts,
  NO_FACTS,
  pictures,
  smallPicture,
} from './fakePictures.testkit'
import { type Delays, later } from './fakeDelays.testkit'

/** Makes bitmaps, and knows those that were not closed. */
export class FakeBitmaps {
  readonly open = new Set<ImageBitmap>()

  make(): ImageBitmap {
    const made = { width: 1, height: 1, close: () => void this.open.delete(made) }
    this.open.add(made)
    return made
  }
}

/** Decodes, places and encodes pictures in this thread. */
export function fakeCodec(browser: FakeBrowser, delays: Delays, bitmaps: FakeBitmaps): Ports['codec'] {
  const readPixels = async (blob: Blob, pictureName: string) => {
    await later(delays.decode)
    // As in Chromium: reading such a file never ends.
    if (browser.goneFiles.has(blob)) await new Promise(() => {})
    const pixels = pictures.get(blob) ?? (await smallPicture(blob))
    if (!pixels) throw new AppError('image/damaged', { params: { name: pictureName } })
    return structuredClone(pixels)
  }
  const decode = async (blob: Blob, pictureName: string) => {
    const pixels = await readPixels(blob, pictureName)
    return { pixels, levels: [bitmaps.make()], opaque: true, notices: [] }
  }

  return {
    decode,
    pixels: async (blob, key, quarters) => turnRgba(await readPixels(blob, key), quarters ?? 0),
    levels: () => Promise.resolve({ levels: [bitmaps.make()], opaque: true }),
    // What is sent to a worker is gone on this side.
    async place(job, isDrawn) {
      const sent = structuredClone(job, { transfer: [job.answer.data.buffer] })
      await later(delays.place)
      return { ...placeOutput(sent), levels: isDrawn ? [bitmaps.make()] : [], opaque: true }
    },
    difference(before, after, side) {
      const transfer = [before.data.buffer, after.data.buffer]
      const sent = structuredClone({ before, after }, { transfer })
      const { width, height } = sent.after
      return Promise.resolve(heatMap(resampleRgba(sent.before, width, height), sent.after, side))
    },
    scale: (...job) => Promise.resolve(fakeScale(...job)),
    rotate: (image, mask, degrees) =>
      Promise.resolve({
        image: rotateRgba(image, degrees),
        mask: rotatedMask(mask, degrees),
        levels: [bitmaps.make()],
        opaque: true,
      }),
    encodeSmall: ({ width, height }) => Promise.resolve(Uint8Array.of(width, height)),
    encodePng: (image) =>
      Promise.resolve(
        blobOf(image.data instanceof Uint8ClampedArray ? (image as RgbaImage) : fakeImage(1, 1)),
      ),
    thumbnail: () => Promise.resolve(new Blob(['thumbnail'])),
    sha256: (blob) =>
      Promise.resolve(
        pictures.has(blob) ? `digest-${(blob as File).name ?? digestOf(pictures.get(blob)!)}` : null,
      ),
    hold: (blob) => Promise.resolve(browser.holdFile(blob)),
    toBitmap: () => Promise.reject(new Error('no canvas in Node')),
  }
}

/** Encodes exports in this thread. @param exported what was encoded, to the end */
export function fakeExports(delays: Delays, exported: ExportJob[]): Ports['exports'] {
  return {
    formats: () => Promise.resolve(['png', 'jpeg', 'webp'] as const),
    facts: (file) => Promise.resolve(fileFacts.get(file) ?? NO_FACTS),
    async encode(job, signal) {
      // What is sent to a worker is gone on this side.
      const sent = structuredClone({ ...job, camera: null })
      await later(delays.encode)
      signal.throwIfAborted()
      const blob = blobOf(exportPixels(sent.content, sent.size), `image/${sent.format}`)
      fileFacts.set(blob, { ...NO_FACTS, document: sent.about?.document ?? null })
      exported.push({ ...sent, camera: job.camera })
      return blob
    },
  }
}
