/** Takes a buffer over for good, without a copy: of the browser, where it has it. */
type TakeOver = new (init: {
  readonly format: 'u8'
  readonly sampleRate: number
  readonly numberOfChannels: 1
  readonly numberOfFrames: number
  readonly timestamp: 0
  readonly data: ArrayBuffer
  readonly transfer: ArrayBuffer[]
}) => { close(): void }

/** Any that the browser takes. */
const SAMPLE_RATE = 8000

/**
 * Frees an array's memory at once, whoever still holds it: it has no elements afterwards. The collector would wait until
 * far more has gathered.
 */
export function freeBytes({ buffer }: { readonly buffer: ArrayBuffer }): void {
  if (buffer.byteLength === 0) return
  const { AudioData } = globalThis as { AudioData?: TakeOver }
  try {
    // What came with a message or from a canvas has a second owner in Chromium, which a transfer to nowhere leaves it with:
    // 240 MB of 240 stayed. It lets go for an object that takes the bytes over, and that frees them as it is closed.
    const audio = { format: 'u8', sampleRate: SAMPLE_RATE, numberOfChannels: 1, timestamp: 0 } as const
    if (AudioData)
      new AudioData({ ...audio, numberOfFrames: buffer.byteLength, data: buffer, transfer: [buffer] }).close()
  } catch {
    // As it is done where there is none.
  }
  if (buffer.byteLength === 0) return
  // Not in the compiler's library yet, nor in every browser.
  const { transfer } = buffer as { transfer?: (length: number) => ArrayBuffer }
  if (transfer) transfer.call(buffer, 0)
  else structuredClone(buffer, { transfer: [buffer] })
}
