import { CreateRoutes } from '../../src/backends/replicate/createRoute'
import { deflateSync } from 'node:zlib'
import { decode } from 'fast-png'
import { ReplicateBackend } from '../../src/backends/replicate/replicateBackend'
import { AppError } from '../../src/core/errors'
import { encodeGrayPng, encodeRgbaPng } from '../../src/core/image/png'
import type { GrayImage, RgbaImage } from '../../src/core/image/raster'
import type { Backend } from '../../src/core/prediction/backend'
import { fetchOutput } from '../../src/platform/outputFetch'
import { type App, createApp } from '../../src/state/app'
import type { FakeBrowser } from '../../src/state/fakeBrowser.testkit'
import { fakeTab } from '../../src/state/fakePorts.testkit'

/** A picture of this many px a side, and what is masked of it. */
export const SIDE = 64
export const MASK = { x: 16, y: 16, width: 24, height: 24 }

const deflate = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(deflateSync(bytes)))

/** @returns a PNG file of the picture's exact pixels */
async function pngOf(image: RgbaImage | GrayImage): Promise<Blob> {
  const isColor = image.data.length === image.width * image.height * 4
  const bytes = isColor
    ? await encodeRgbaPng(image as RgbaImage, deflate)
    : await encodeGrayPng(image as GrayImage, deflate)
  return new Blob([bytes], { type: 'image/png' })
}

async function pixelsOf(blob: Blob, name: string): Promise<RgbaImage> {
  try {
    const { width, height, channels, data } = decode(await blob.arrayBuffer())
    const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
    for (let p = 0; p < width * height; p++) {
      for (let c = 0; c < channels; c++) pixels[p * 4 + c] = Number(data[p * channels + c])
    }
    return { width, height, data: pixels }
  } catch (cause) {
    throw new AppError('image/damaged', { params: { name }, cause })
  }
}

interface NodeTabOptions {
  readonly token?: string
  /** Gap between two polls, shortest and longest, ms. */
  readonly pollMs: readonly [number, number]
}

/**
 * A page in Node with all that a run needs: a picture, a mask, a backend. The state and the HTTP layer are the product's,
 * over sockets; the disk is in memory and the codec is plain JavaScript.
 */
export async function openNodeTab(
  browser: FakeBrowser,
  base: string,
  { token, pollMs }: NodeTabOptions,
): Promise<App> {
  const { ports } = fakeTab(browser)
  const decodeImage = async (blob: Blob, name: string) => ({
    pixels: await pixelsOf(blob, name),
    levels: [],
    opaque: true,
    notices: [],
  })
  const create: typeof ports.backends.create = (ref, fields, onExchange) => {
    const backend: Backend = new ReplicateBackend({
      base,
      version: ref.version ?? '',
      routes: new CreateRoutes(),
      fields,
      credentials: () => ({ token: token ?? null, headers: {} }),
      encode: pngOf,
      toUri: async (file) =>
        `data:image/png;base64,${Buffer.from(await file.arrayBuffer()).toString('base64')}`,
      waitSeconds: null,
      onExchange,
    })
    Object.defineProperty(backend, 'capabilities', { value: { ...backend.capabilities, pollMs } })
    return Promise.resolve(backend)
  }
  const app = createApp({
    ...ports,
    network: { ...ports.network, fetchOutput },
    codec: { ...ports.codec, decode: decodeImage, pixels: pixelsOf, encodePng: pngOf },
    backends: { ...ports.backends, create },
  })
  await app.start(new URL('http://page.example/'))
  app.settings.set({ backendId: 'replicate', backendUrl: base })
  const data = new Uint8ClampedArray(SIDE * SIDE * 4)
  for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : (i * 7) % 251
  const file = new File([await pngOf({ width: SIDE, height: SIDE, data })], 'photo.png', {
    type: 'image/png',
  })
  await app.opener.openFile(file)
  app.session.store.getState().editor?.apply({ kind: 'rectangle', mode: 'paint', rect: MASK })
  app.forms.setFields({ width: SIDE, height: SIDE })
  return app
}
