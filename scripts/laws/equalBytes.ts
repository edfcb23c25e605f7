import { expect } from 'vitest'

/** @returns whether they hold the same bytes; undefined where they are not both bytes of one kind */
function equalBytes(a: unknown, b: unknown): boolean | undefined {
  const isPair =
    (a instanceof Uint8Array && b instanceof Uint8Array) ||
    (a instanceof Uint8ClampedArray && b instanceof Uint8ClampedArray)
  if (!isPair || a.constructor !== b.constructor) return undefined
  return Buffer.compare(view(a), view(b)) === 0
}

const view = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer, byteOffset, byteLength)

// Pictures and masks are compared at once instead of key by key.
expect.addEqualityTesters([equalBytes])
