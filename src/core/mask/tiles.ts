/**
 * A tile: 256 x 256 coverage bytes, followed by their pyramid of halved levels (128, 64 ... 1 px), so that drawing at
 * any zoom reads about as many bytes as it shows. A mask holds null for a tile of 0 and FULL_TILE for one of 255.
 */
export type Tile = Uint8Array<ArrayBuffer>

export const TILE_SIZE = 256
/** Of a tile's own pixels, 32 bits each. */
export const TILE_WORDS = (TILE_SIZE * TILE_SIZE) / 4
export const TILE_LEVELS = 9

/** The first byte of each level; level k has (256 >> k) squared bytes. The last entry is the end. */
export const LEVEL_OFFSETS: readonly number[] = Array.from({ length: TILE_LEVELS + 1 }, (_, level) => {
  let offset = 0
  for (let k = 0; k < level; k++) offset += (TILE_SIZE >> k) ** 2
  return offset
})

export const TILE_BYTES = LEVEL_OFFSETS[TILE_LEVELS]
const PIXELS = TILE_SIZE * TILE_SIZE

/** Stands for every tile of 255; never written to. */
export const FULL_TILE: Tile = new Uint8Array(TILE_BYTES).fill(255)

/** Updates the pyramid after level 0 changed within x0..x1, y0..y1 (tile px, half-open). */
export function updatePyramid(tile: Tile, x0: number, y0: number, x1: number, y1: number): void {
  let left = x0
  let top = y0
  let right = x1
  let bottom = y1
  for (let level = 1; level < TILE_LEVELS; level++) {
    left >>= 1
    top >>= 1
    right = (right + 1) >> 1
    bottom = (bottom + 1) >> 1
    const size = TILE_SIZE >> level
    const from = LEVEL_OFFSETS[level - 1]
    const to = LEVEL_OFFSETS[level]
    const stride = size * 2
    for (let y = top; y < bottom; y++) {
      let source = from + y * 2 * stride + left * 2
      for (let i = to + y * size + left, end = to + y * size + right; i < end; i++, source += 2) {
        tile[i] =
          (tile[source] + tile[source + 1] + tile[source + stride] + tile[source + stride + 1] + 2) >> 2
      }
    }
  }
}

/** null for a tile of 0, FULL_TILE for one of 255, else the tile itself. */
export function normalizeTile(tile: Tile): Tile | null {
  const first = tile[0]
  if (first !== 0 && first !== 255) return tile
  // The top of the pyramid is rounded: it can rule a uniform tile out, but not prove one.
  if (tile[TILE_BYTES - 1] !== first) return tile
  for (let i = 1; i < PIXELS; i++) if (tile[i] !== first) return tile
  return first === 0 ? null : FULL_TILE
}
