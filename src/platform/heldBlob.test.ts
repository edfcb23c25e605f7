import { describe, expect, it } from 'vitest'
import { heldBlob } from './heldBlob'

/** One whose file is gone, as in Chromium: parts of it are refused. */
class GoneBlob extends Blob {
  override slice(): Blob {
    const part = new Blob()
    part.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    return part
  }
}

describe('heldBlob', () => {
  it.each([0, 1, 4 * 2 ** 20, 9 * 2 ** 20 + 3])('has the bytes and the type of %i bytes', async (size) => {
    const bytes = Buffer.alloc(size, 'pentimento ')
    const blob = new Blob([bytes], { type: 'image/jpeg' })
    const held = await heldBlob(blob)
    expect(held).not.toBe(blob)
    expect([held.size, held.type]).toEqual([size, 'image/jpeg'])
    expect(bytes.equals(Buffer.from(await held.arrayBuffer()))).toBe(true)
  })

  it('hands on what cannot be read', async () => {
    const gone = new GoneBlob(['bytes'])
    expect(await heldBlob(gone)).toBe(gone)
  })
})
