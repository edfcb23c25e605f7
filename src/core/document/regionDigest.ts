import { encodeCommands } from '../mask/command/maskCodec'
import type { MaskRegion } from './regions'

const known = new WeakMap<MaskRegion, string>()

/**
 * Of what a run of the region is asked for, its mask and prompt: equal while both are. Its name has no part in it.
 * @returns 8 hexadecimal digits
 */
export function regionDigest(region: MaskRegion): string {
  const before = known.get(region)
  if (before !== undefined) return before
  const { x, y, width, height } = region.maskFrame
  const text = new TextEncoder().encode(JSON.stringify([x, y, width, height, region.prompt]))
  const parts = [text, encodeCommands(region.mask)]
  const digest = (parts.reduce(hashed, 0x811c9dc5) >>> 0).toString(16).padStart(8, '0')
  known.set(region, digest)
  return digest
}

/** FNV-1a. */
function hashed(start: number, bytes: Uint8Array): number {
  let hash = start
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}
