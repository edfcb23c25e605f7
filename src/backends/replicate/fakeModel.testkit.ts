import { readFileSync } from 'node:fs'
import { decode, encode } from 'fast-png'
import type { Scenario } from './fakeMount.testkit'

/** Output k of the fake model: one colour, which shows what was kept of the picture, but for its first pixel. */
export function outputColor(k: number): readonly [number, number, number] {
  return [[20, 200, 40] as const, [30, 60, 220] as const, [230, 210, 20] as const, [200, 30, 200] as const][
    k % 4
  ]
}

export function paint(input: Record<string, unknown>, k: number, scenario: Scenario): Uint8Array {
  const { outputSize: size, repaints, blank } = scenario
  // The picture's field name depends on the model.
  const picture =
    input['image'] ?? Object.values(input).find((value) => String(value).startsWith('data:image'))
  const image = String(picture).startsWith('data:') ? decodeDataUri(picture) : fetched(input)
  const width = size?.width ?? image.width
  const height = size?.height ?? image.height
  const data = new Uint8Array(width * height * 3)
  const mask = repaints ? decodeDataUri(input['mask']).data : null
  for (let i = 0; i < data.length; i++) {
    const p = Math.floor(i / 3)
    const kept = mask && (mask[p] >= 128 ? 'white' : 'black') !== repaints
    data[i] = kept ? image.data[p * image.channels + (i % 3)] : outputColor(k)[i % 3]
  }
  // A picture of a single colour is what a safety check returns.
  if (!blank) for (let c = 0; c < 3; c++) data[c] ^= 0x40
  return encode({ width, height, data: blank ? new Uint8Array(data.length) : data, channels: 3, depth: 8 })
}

/** In place of a picture that came as an address, which this server does not fetch: gray, at the size asked for. */
function fetched({ width, height }: Record<string, unknown>) {
  const size = { width: Number(width ?? 64), height: Number(height ?? 64) }
  return { ...size, channels: 3, data: new Uint8Array(size.width * size.height * 3).fill(128) }
}

/** The schema of a bundled model, as a server has it. */
export function bundledSchema(name: 'sdInpainting' | 'fluxFillDev' | 'ideogramV2'): unknown {
  const file = new URL(`../../core/models/${name}.openapi.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as unknown
}

/** A PNG data URI as pixels. */
export function decodeDataUri(uri: unknown) {
  const text = String(uri)
  return decode(Buffer.from(text.slice(text.indexOf(',') + 1), 'base64'))
}
