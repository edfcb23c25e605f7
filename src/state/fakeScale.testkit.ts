import { createHash } from 'node:crypto'
import type { Size } from '../core/geometry'
import { type InputPixels, type InputPrefill, type ScaledInput, scaleInput } from '../core/run/scaleInput'

const MAX_KEPT = 24
/** By what is scaled, the newest last. */
const kept = new Map<string, ScaledInput>()

/** `scaleInput` as a worker answers it. Most runs of a test send the same picture: it is scaled once. */
export function fakeScale(pixels: InputPixels, size: Size, prefill: InputPrefill): ScaledInput {
  const key = keyOf(pixels, size, prefill)
  const scaled = kept.get(key) ?? scaleInput(structuredClone(pixels), size, prefill)
  kept.delete(key)
  kept.set(key, scaled)
  if (kept.size > MAX_KEPT) kept.delete([...kept.keys()][0])
  return structuredClone(scaled)
}

function keyOf({ image, mask, sources }: InputPixels, size: Size, prefill: InputPrefill): string {
  const hash = createHash('sha1')
  for (const part of [image, mask, sources]) {
    const { data, ...rest } = part ?? { data: null }
    hash.update(JSON.stringify(rest))
    if (data) hash.update(data)
  }
  return hash.update(JSON.stringify([size, prefill])).digest('base64')
}
