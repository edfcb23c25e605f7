import { BinaryDecoder, BinaryEncoder, createContexts } from './binaryCoder'
import { TILE_BYTES, TILE_SIZE, type Tile, updatePyramid } from './tiles'

/** The constant in this module: the inner loops read it for every pixel. */
const SIDE = TILE_SIZE
/** A tile that would take more stays unpacked. */
const MAX_PACKED_BYTES = (SIDE * SIDE * 3) / 4
const packing = new Uint8Array(MAX_PACKED_BYTES)

/** Classes of a difference: -2 or less, -1, 0, 1, 2 or more. */
const CLASSES = 5
const NO_DIFFERENCE = 2

/** What the coder learns of the differences, by the classes of those to the left, above and above right. */
class Contexts {
  /** Whether a row equals the one above. */
  readonly repeated = createContexts(1)
  readonly changed = createContexts(CLASSES ** 3)
  readonly negative = createContexts(CLASSES ** 3)
  readonly large = createContexts(CLASSES ** 3)
  /** The 8 bits of a size, as a binary tree. */
  readonly size = createContexts(256)
}

/**
 * Packs level 0 of a tile without loss, for undo steps. Each pixel is predicted from its left, upper and upper left
 * neighbours, and the difference is coded: flat areas take next to nothing, soft edges less than a bit a pixel.
 * @returns null where packing saves little, as for noise
 * @see Weinberger, Seroussi and Sapiro, "The LOCO-I lossless image compression algorithm", 2000: the predictor
 */
export function packTile(tile: Tile): Uint8Array<ArrayBuffer> | null {
  const encoder = new BinaryEncoder(packing)
  const contexts = new Contexts()
  const classes = new Uint8Array(SIDE + 2).fill(NO_DIFFERENCE)
  for (let y = 0; y < SIDE; y++) {
    const repeated = y > 0 && repeatsRow(tile, y)
    encoder.encode(contexts.repeated, 0, repeated ? 1 : 0)
    if (repeated) {
      classes.fill(NO_DIFFERENCE)
      continue
    }
    for (let x = 0; x < SIDE; x++) {
      const i = y * SIDE + x
      const context = (classes[x] * CLASSES + classes[x + 1]) * CLASSES + classes[x + 2]
      const difference = ((tile[i] - predict(tile, i, x, y)) << 24) >> 24
      encodeDifference(encoder, contexts, context, difference)
      if (encoder.full) return null
      classes[x + 1] = classOf(difference)
    }
  }
  return encoder.finish()
}

/** The inverse of `packTile`; builds the pyramid too. */
export function unpackTile(packed: Uint8Array): Tile {
  const decoder = new BinaryDecoder(packed)
  const contexts = new Contexts()
  const classes = new Uint8Array(SIDE + 2).fill(NO_DIFFERENCE)
  const tile: Tile = new Uint8Array(TILE_BYTES)
  for (let y = 0; y < SIDE; y++) {
    if (decoder.decode(contexts.repeated, 0) === 1) {
      tile.copyWithin(y * SIDE, (y - 1) * SIDE, y * SIDE)
      classes.fill(NO_DIFFERENCE)
      continue
    }
    for (let x = 0; x < SIDE; x++) {
      const i = y * SIDE + x
      const context = (classes[x] * CLASSES + classes[x + 1]) * CLASSES + classes[x + 2]
      const difference = decodeDifference(decoder, contexts, context)
      tile[i] = predict(tile, i, x, y) + difference
      classes[x + 1] = classOf(difference)
    }
  }
  updatePyramid(tile, 0, 0, SIDE, SIDE)
  return tile
}

function repeatsRow(tile: Tile, y: number): boolean {
  for (let i = y * SIDE, end = i + SIDE; i < end; i++) if (tile[i] !== tile[i - SIDE]) return false
  return true
}

/** The median of the left, the upper and left + upper - upper left; 0 outside the tile. */
function predict(tile: Tile, i: number, x: number, y: number): number {
  const left = x > 0 ? tile[i - 1] : 0
  const upper = y > 0 ? tile[i - SIDE] : 0
  const corner = x > 0 && y > 0 ? tile[i - SIDE - 1] : 0
  const low = left < upper ? left : upper
  const high = left < upper ? upper : left
  if (corner >= high) return low
  return corner <= low ? high : left + upper - corner
}

function classOf(difference: number): number {
  if (difference < -1) return 0
  return difference > 1 ? CLASSES - 1 : difference + NO_DIFFERENCE
}

function encodeDifference(
  encoder: BinaryEncoder,
  contexts: Contexts,
  context: number,
  difference: number,
): void {
  encoder.encode(contexts.changed, context, difference === 0 ? 0 : 1)
  if (difference === 0) return
  encoder.encode(contexts.negative, context, difference < 0 ? 1 : 0)
  const size = Math.abs(difference)
  encoder.encode(contexts.large, context, size > 1 ? 1 : 0)
  if (size === 1) return
  for (let bit = 7, node = 1; bit >= 0; bit--) {
    const value = (size >> bit) & 1
    encoder.encode(contexts.size, node, value)
    node = node * 2 + value
  }
}

function decodeDifference(decoder: BinaryDecoder, contexts: Contexts, context: number): number {
  if (decoder.decode(contexts.changed, context) === 0) return 0
  const negative = decoder.decode(contexts.negative, context) === 1
  let size = 1
  if (decoder.decode(contexts.large, context) === 1) {
    let node = 1
    while (node < 256) node = node * 2 + decoder.decode(contexts.size, node)
    size = node - 256
  }
  return negative ? -size : size
}
