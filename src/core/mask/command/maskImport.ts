import type { Rect } from '../../geometry'
import { type GrayImage, isOpaque, type RgbaImage } from '../../image/raster'
import { resampleGray } from '../../image/resample'
import { createMask } from '../mask'
import { MaskEdit } from '../maskEdit'
import { encodeRuns } from '../raster/maskRuns'
import { writeRaster } from '../raster/writeRaster'
import { FULL_TILE } from '../tiles'
import type { TileChange } from './maskBand'
import type { MaskCommand } from './maskCommand'

/** A picture as the whole of a mask. */
export interface ImportedMask {
  /** The picture's coverage at the mask's size where it had another size; else null. */
  readonly scaled: GrayImage | null
  /** Replaces the whole mask. */
  readonly command: Extract<MaskCommand, { kind: 'raster' }>
  /** Every tile of the mask, whatever lies there now. */
  readonly changes: readonly TileChange[]
}

/**
 * Makes a mask of a picture: its alpha where any pixel is transparent, else its brightness.
 * @param picture of any size
 * @param frame the mask's, image px
 */
export function importMask(picture: RgbaImage, frame: Rect): ImportedMask {
  const { width, height } = frame
  const own = coverageOf(picture)
  const gray = resampleGray(own, width, height)
  const edit = new MaskEdit(createMask(frame))
  writeRaster(edit, frame, gray, 'replace')
  edit.commit()
  return {
    scaled: gray === own ? null : gray,
    command: { kind: 'raster', mode: 'replace', rect: frame, runs: encodeRuns(gray) },
    changes: edit.mask.tiles.map((tile, index) => ({ index, tile: tile === FULL_TILE ? 'full' : tile })),
  }
}

/** @returns alpha where any pixel is transparent, else brightness (Rec. 601), 0..255 */
export function coverageOf(picture: RgbaImage): GrayImage {
  const { width, height, data } = picture
  const byAlpha = !isOpaque(picture)
  const out = new Uint8Array(width * height)
  for (let p = 0; p < out.length; p++) {
    const i = p * 4
    // Weights in whole numbers that add up to 256: grey stays the grey it was.
    out[p] = byAlpha ? data[i + 3] : (77 * data[i] + 150 * data[i + 1] + 29 * data[i + 2]) >> 8
  }
  return { width, height, data: out }
}
