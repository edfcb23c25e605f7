import { freeBytes } from '../../core/freeBytes'

export type Numbers = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>

/** Loads of 16 bytes may reach beyond the end of an array, bytes. */
export const SLACK = 64
const PAGE = 65_536

/** What lies in a core's memory: from its first free address on, one after the other. */
export class CoreMemory {
  readonly memory: WebAssembly.Memory
  /** The first free address. */
  next: number
  /** Makes the views of what lives here: the memory is another buffer each time that it has grown. */
  readonly shows: (() => void)[] = []

  constructor(memory: WebAssembly.Memory, next: number) {
    this.memory = memory
    this.next = next
  }

  /** @throws RangeError where there is no memory */
  reserve(bytes: number): void {
    const { memory } = this
    const missing = bytes - memory.buffer.byteLength
    if (missing <= 0) return
    memory.grow(Math.ceil(missing / PAGE))
    this.show()
  }

  hasRoom(bytes: number): boolean {
    try {
      this.reserve(bytes)
      return true
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return false
    }
  }

  show(): void {
    for (const show of this.shows) show()
  }

  view<View>(
    at: number,
    ViewOf: new (buffer: ArrayBuffer, at: number, length: number) => View,
    length: number,
  ): View {
    return new ViewOf(this.memory.buffer, at, length)
  }

  /** @returns the address of so many bytes, whatever they hold */
  take(bytes: number): number {
    const at = Math.ceil(this.next / 16) * 16
    this.next = at + bytes + SLACK
    this.reserve(this.next)
    return at
  }

  /** Copies an array in. @returns its address */
  put(part: Numbers): number {
    const at = this.take(part.byteLength)
    this.view(at, Uint8Array, part.byteLength).set(bytesOf(part))
    return at
  }

  /** Moves an array in: from now on it is the view that is shown. @returns its address */
  move<Part extends Numbers>(part: Part, show: (view: Part) => void): number {
    const at = this.put(part)
    const { length } = part
    freeBytes(part)
    const ViewOf = part.constructor as new (buffer: ArrayBuffer, at: number, length: number) => Part
    this.shows.push(() => show(this.view(at, ViewOf, length)))
    return at
  }
}

export function bytesOf({ buffer, byteOffset, byteLength }: Numbers): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
