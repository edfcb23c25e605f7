import { expect, it } from 'vitest'

it('bytes are equal where each one is, and both are of one kind and length', () => {
  const picture = (last: number) => ({ width: 2, data: Uint8ClampedArray.of(1, 2, last) })
  expect(picture(3)).toEqual(picture(3))
  expect([picture(3)]).toStrictEqual([picture(3)])
  expect({ ...picture(3), more: 1 }).toMatchObject(picture(3))
  expect(picture(3)).not.toEqual(picture(4))
  expect(Uint8Array.of(1, 2)).not.toEqual(Uint8Array.of(1, 2, 3))
  expect(Uint8Array.of(1, 2)).not.toEqual(Uint8ClampedArray.of(1, 2))
  // A part of a buffer is its own bytes alone.
  expect(Uint8Array.of(9, 1, 2).subarray(1)).toEqual(Uint8Array.of(1, 2))
})
