import fc from 'fast-check'
import { MAX_CONTEXT } from '../image/contextLimits'
import { DEFAULT_SENT, type SentArea } from './sentArea'
import type { Rect } from '../geometry'
import type { JsonValue } from '../json'
import type { MaskCommand } from '../mask/command/maskCommand'
import { commandList } from '../mask/command/maskCommand.testkit'
import { FIELD_ROLES } from '../prediction/fieldRoles'
import {
  type Blend,
  frameOf,
  type LinkedSource,
  type Patch,
  type PictureDocument,
  type PictureRef,
  type Setup,
} from './document'
import type { MaskRegion } from './regions'

/** A freshly opened picture: nothing masked, nothing kept. */
export function emptyDocument(base: PictureRef, plain: Setup): PictureDocument {
  const nothing = { mask: [], sampling: [], guides: [], patches: [], regions: [] }
  return { base, frame: frameOf(base), sent: DEFAULT_SENT, ...nothing, setup: plain }
}

export const FRAME = { x: 0, y: 0, width: 700, height: 500 }

export const linkedSource: fc.Arbitrary<LinkedSource> = fc.oneof(
  fc.record({ kind: fc.constant('url' as const), url: fc.webUrl() }),
  fc.record({ kind: fc.constant('sample' as const), id: fc.constantFrom('coffee', 'rocket') }),
  fc.record({
    kind: fc.constant('file' as const),
    name: fc.string({ unit: 'grapheme', maxLength: 40 }),
    sha256: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  }),
)

/** Two of them are a picture that may be opened. */
export const side = fc.integer({ min: 1, max: 7000 })

export const frame: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: -9000, max: 9000 }),
  y: fc.integer({ min: -9000, max: 9000 }),
  width: side,
  height: side,
})

/** JSON as it comes back from its text: no -0, no prototype keys. */
const json: fc.Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 3, stringUnit: 'grapheme' })
  .map((value) => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')) as JsonValue)

function named<Value>(value: fc.Arbitrary<Value>) {
  return fc.dictionary(fc.constantFrom('prompt', 'steps', 'seed', 'scheduler', 'constructor', 'x'), value, {
    noNullPrototype: true,
  })
}

const wholeSetup = fc.record({
  backend: fc.record({ id: fc.constantFrom('replicate', 'cog', 'embedded'), url: fc.option(fc.webUrl()) }),
  model: fc.string({ maxLength: 64 }),
  version: fc.option(fc.string({ maxLength: 64 })),
  params: named(json),
  untouched: fc.array(fc.string({ minLength: 1, maxLength: 64 }), { minLength: 1, maxLength: 4 }),
  options: named(json),
  roles: named(fc.option(fc.constantFrom(...FIELD_ROLES))),
  polarity: fc.option(fc.constantFrom('white' as const, 'black' as const)),
})

export const setup: fc.Arbitrary<Setup> = fc
  .tuple(wholeSetup, fc.option(fc.constantFrom('gray' as const, 'noise' as const, 'device' as const)))
  .map(([one, prefill]): Setup => (prefill ? Object.assign(one, { prefill }) : one))

export const blend: fc.Arbitrary<Blend> = fc.record({
  featherPx: fc.integer({ min: 0, max: 12 }),
  growPx: fc.integer({ min: -8, max: 8 }),
  opacity: fc.integer({ min: 0, max: 100 }),
  matchColor: fc.boolean(),
  seam: fc.constantFrom('none' as const, 'gradient' as const),
})

/** A small shape: most of the picture stays as it is. */
function spot({ x, y, width, height }: Rect): fc.Arbitrary<MaskCommand> {
  return fc.record({
    kind: fc.constantFrom('rectangle' as const, 'ellipse' as const),
    mode: fc.constant('paint' as const),
    rect: fc.record({
      x: fc.integer({ min: x - 5, max: x + width }),
      y: fc.integer({ min: y - 5, max: y + height }),
      width: fc.integer({ min: 1, max: 20 }),
      height: fc.integer({ min: 1, max: 20 }),
    }),
  })
}

/** @param canvas the picture and where patches may lie, image px */
export function patch(canvas: Rect): fc.Arbitrary<Patch> {
  const rect = fc.record({
    x: fc.integer({ min: canvas.x - 20, max: canvas.x + canvas.width }),
    y: fc.integer({ min: canvas.y - 20, max: canvas.y + canvas.height }),
    width: fc.integer({ min: 1, max: canvas.width }),
    height: fc.integer({ min: 1, max: canvas.height }),
  })
  return fc.record({
    id: fc.uuid(),
    from: fc.option(
      fc.record(
        { runId: fc.uuid(), place: fc.nat(3), regionId: fc.uuid() },
        { requiredKeys: ['runId', 'place'] },
      ),
    ),
    pixels: fc.uuid(),
    rect,
    coverage: fc.oneof(commandList(canvas, 3), fc.array(spot(canvas), { minLength: 1, maxLength: 3 })),
    coverageFrame: fc.constant(canvas),
    blend,
    visible: fc.boolean(),
  })
}

/** As in a document: no id is there twice. */
export function patchList(canvas: Rect): fc.Arbitrary<Patch[]> {
  return fc.uniqueArray(patch(canvas), { maxLength: 3, selector: ({ id }) => id })
}

export const regionText = {
  name: fc.string({ maxLength: 20 }),
  prompt: fc.string({ unit: 'grapheme', maxLength: 40 }),
}

export const region: fc.Arbitrary<MaskRegion> = fc.record({
  id: fc.uuid(),
  ...regionText,
  mask: commandList(FRAME, 2),
  maskFrame: fc.constant(FRAME),
})

/** As in a document: no id is there twice. */
export const regionList: fc.Arbitrary<MaskRegion[]> = fc.uniqueArray(region, {
  maxLength: 3,
  selector: ({ id }) => id,
})

export const sentArea: fc.Arbitrary<SentArea> = fc.oneof(
  fc.record({ kind: fc.constant('around' as const), context: fc.nat(MAX_CONTEXT) }),
  fc.record({ kind: fc.constant('rect' as const), rect: frame }),
)

export const pictureDocument: fc.Arbitrary<PictureDocument> = fc.record({
  base: fc.record({
    key: fc.oneof(fc.uuid(), fc.stringMatching(/^[0-9a-f]{64}$/)),
    name: fc.string({ unit: 'grapheme', maxLength: 40 }),
    width: side,
    height: side,
    link: linkedSource,
  }),
  frame,
  mask: commandList(FRAME, 4),
  sampling: commandList(FRAME, 3),
  guides: commandList(FRAME, 2),
  sent: sentArea,
  patches: patchList(FRAME),
  regions: regionList,
  setup,
})
