import { expect, it } from 'vitest'
import { handleAt, handlePoint, SCALE_HANDLES } from './rectHandles'

it('a pointer takes hold of the nearest handle within reach, else of all of it', () => {
  const part = { x: 200, y: 200, width: 100, height: 60 }
  for (const handle of SCALE_HANDLES) {
    const { x, y } = handlePoint(part, handle)
    expect(handleAt(part, { x: x + 4, y: y - 4 }, 5)).toBe(handle)
  }
  expect(handleAt(part, { x: 225, y: 215 }, 5)).toBe('move')
  expect(handleAt(part, { x: 190, y: 215 }, 5)).toBeNull()
  // Anywhere along an edge, and all of one that is small can still be moved.
  expect(handleAt(part, { x: 203, y: 218 }, 5)).toBe('w')
  expect(handleAt(part, { x: 225, y: 262 }, 5)).toBe('s')
  expect(handleAt({ x: 0, y: 0, width: 100, height: 100 }, { x: 28, y: 30 }, 22)).toBe('move')
})
