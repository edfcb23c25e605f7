/**
 * Frees an array's memory at once, whoever still holds it: it has no elements afterwards. The collector would wait until
 * far more has gathered.
 */
export function freeBytes({ buffer }: { readonly buffer: ArrayBuffer }): void {
  // Not in the compiler's library yet, nor in every browser.
  const { transfer } = buffer as { transfer?: (length: number) => ArrayBuffer }
  if (transfer) transfer.call(buffer, 0)
  else structuredClone(buffer, { transfer: [buffer] })
}
