import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { frameOf } from '../../core/document/document'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import { DISPLAY_P3 } from '../../core/image/color/displayP3.testkit'
import { createRgba } from '../../core/image/raster'
import { scaleInput } from '../../core/run/scaleInput'
import { replayCommands } from '../../core/mask/command/maskCommand'
import type { Prefill } from '../../core/frame/prefillKinds'
import { createMask } from '../../core/mask/mask'
import { MODELS } from '../../core/models/modelRegistry'
import { defaultValues, valuesOf } from '../../core/prediction/inputSchema'
import type { PredictionInput } from '../../core/prediction/prediction'
import type { SourceImage } from '../session/source'
import { createInputPreparer } from './prepareInput'

const example = JSON.parse(
  readFileSync(new URL('../../core/prediction/fixtures/api-page-example.json', import.meta.url), 'utf8'),
) as { input: { image: string; mask: string } & PredictionInput['params'] }
const { image, mask: maskUrl, ...said } = example.input
const [{ fields }] = MODELS

function linked(width: number, height: number): SourceImage {
  const pixels = createRgba(width, height)
  return {
    key: 'k',
    name: 'cat.png',
    pixels,
    levels: [],
    opaque: true,
    file: new Blob([new Uint8Array(8)]),
    link: { kind: 'url', url: image },
  }
}

/** What the form holds after a link that names what the example says. */
const form = {
  fields,
  values: { ...defaultValues(fields), ...valuesOf(fields, said) },
  untouched: ['disable_safety_checker'],
  fixedSize: true,
  scale: 1,
}

function prepare(source: SourceImage, change: object = {}) {
  const frame = frameOf(source.pixels)
  const mask = createMask(frame)
  replayCommands(mask, [{ kind: 'rectangle', mode: 'paint', rect: { x: 20, y: 20, width: 60, height: 50 } }])
  const inputs = createInputPreparer(
    { base: 'http://page.example', nextTask: () => Promise.resolve() },
    (pixels, size, prefill) => Promise.resolve(scaleInput(pixels, size, prefill)),
    (hole) => Promise.resolve({ ...hole, data: hole.data.map((_, i) => (i % 4 === 3 ? 255 : 77)) }),
  )
  return inputs.prepare({
    source,
    sent: DEFAULT_SENT,
    frame,
    mask,
    sampling: null,
    guides: [],
    maskUrl,
    ...form,
    ...change,
  })
}

it.each([
  [512, 512],
  [1024, 1024],
  [300, 300],
])(
  'a linked picture of %i × %i and its linked mask are sent by address, with what the link said',
  async (w, h) => {
    const input = await prepare(linked(w, h))
    expect({ ...input.params, image: input.imageUrl, mask: input.maskUrl }).toEqual(example.input)
    // The answer covers all of the picture.
    expect(input.region).toEqual({ x: 0, y: 0, width: w, height: h })
  },
)

it('a changed mask or picture, another shape, and a picture that only this page knows are sent as pixels', async () => {
  const cropped = { frame: { x: 0, y: 0, width: 400, height: 400 } }
  for (const input of [
    await prepare(linked(512, 512), { maskUrl: null }),
    await prepare(linked(512, 512), cropped),
    await prepare(linked(900, 512)),
    await prepare({ ...linked(512, 512), link: { kind: 'file', name: 'cat.png', sha256: null } }),
  ])
    expect(input.maskUrl).toBeNull()
  expect((await prepare(linked(512, 512), { maskUrl: null })).imageUrl).toBe(image)
  expect((await prepare(linked(1024, 1024), { maskUrl: null })).imageUrl).toBeNull()
})

it('a picture that a server would find otherwise at its address is sent as pixels', async () => {
  const source = linked(512, 512)
  // Scaled down, or opened in part.
  expect((await prepare({ ...source, altered: true })).imageUrl).toBeNull()
  // Gone since it was opened.
  const gone = { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }
  const file = Object.assign(new Blob(['gone']), { slice: () => gone as unknown as Blob })
  expect((await prepare({ ...source, file })).imageUrl).toBeNull()
  // A server takes the values for sRGB.
  const pixels = { ...source.pixels, profile: DISPLAY_P3 }
  expect((await prepare({ ...source, pixels })).imageUrl).toBeNull()
})

it('a sampling area goes along; where too little of it is around the hole, all of it does', async () => {
  const source = linked(900, 600)
  const area = (x: number, y: number, width: number, height: number) => {
    const sampling = createMask(frameOf(source.pixels))
    replayCommands(sampling, [{ kind: 'rectangle', mode: 'paint', rect: { x, y, width, height } }])
    return prepare(source, { fixedSize: false, maskUrl: null, sampling })
  }
  // The hole is 60 x 50 px at (20, 20), with 64 px around it.
  const near = await area(90, 0, 200, 140)
  expect(near.region).toEqual({ x: 0, y: 0, width: 144, height: 134 })
  expect(near.sources!.data.filter((value) => value === 255)).toHaveLength((144 - 90) * 134)
  const far = await area(700, 400, 100, 50)
  expect(far.region).toEqual({ x: 0, y: 0, width: 800, height: 450 })
  expect(far.sources!.data.filter((value) => value === 255)).toHaveLength(100 * 50)
  expect((await prepare(source)).sources).toBeUndefined()
})

it('guide lines go along, as the part of the picture that is sent sees them', async () => {
  const source = linked(900, 600)
  const guides = [
    {
      points: [
        { x: 0, y: 30 },
        { x: 200, y: 41.5 },
      ],
    },
  ]
  const mask = createMask(frameOf(source.pixels))
  replayCommands(mask, [
    { kind: 'rectangle', mode: 'paint', rect: { x: 300, y: 200, width: 60, height: 50 } },
  ])
  const sent = await prepare(source, { fixedSize: false, maskUrl: null, guides, mask })
  expect(sent.region).toMatchObject({ x: 236, y: 136 })
  expect(sent.guides![0].points).toEqual([
    { x: -236, y: -106 },
    { x: -36, y: -94.5 },
  ])
  expect((await prepare(source)).guides).toBeUndefined()
})

it('beyond the picture a model is shown what was chosen, and in it the picture', async () => {
  const source = { ...linked(64, 64), link: { kind: 'file', name: 'cat.png', sha256: null } } as const
  const frame = { x: 0, y: 0, width: 128, height: 64 }
  const mask = createMask(frame)
  replayCommands(mask, [{ kind: 'rectangle', mode: 'paint', rect: { ...frame, x: 64, width: 64 } }])
  const sent = async (prefill: Prefill) => {
    const { image: shown, region } = await prepare(source, {
      frame,
      mask,
      maskUrl: null,
      fixedSize: false,
      prefill,
    })
    const pixel = (x: number) => [...shown.data.subarray((x - region.x) * 4, (x - region.x) * 4 + 4)]
    return { inside: pixel(60), edge: pixel(63), beyond: pixel(100) }
  }
  const edge = await sent('edge')
  expect(edge.beyond).toEqual(edge.edge)
  for (const [prefill, tone] of [
    ['gray', 128],
    ['device', 77],
  ] as const) {
    const { inside, beyond } = await sent(prefill)
    expect(beyond).toEqual([tone, tone, tone, 255])
    expect(inside).toEqual(edge.inside)
  }
})
