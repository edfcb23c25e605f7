/** The overlay's colour for each coverage, 0..255, as canvases store pixels. */
export type MaskColors = Uint32Array<ArrayBuffer>

const little = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** A pixel as canvases store it; each part 0..255. */
export function pixel(red: number, green: number, blue: number, alpha: number): number {
  const bytes = little ? [alpha, blue, green, red] : [red, green, blue, alpha]
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/**
 * @param color `#rrggbb`
 * @param opacity percent, at full coverage
 */
export function overlayColors(color: string, opacity: number): MaskColors {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return Uint32Array.from({ length: 256 }, (_, coverage) =>
    coverage === 0 ? 0 : pixel(red, green, blue, Math.round((coverage * opacity) / 100)),
  )
}

/** The colours of the exported mask: white is repainted, black is kept. */
export function grayColors(): MaskColors {
  return Uint32Array.from({ length: 256 }, (_, coverage) => pixel(coverage, coverage, coverage, 255))
}
