import { describe, expect, it } from 'vitest'
import { MAX_PIXELS, openedSize } from './limits'

describe('the size at which a picture is opened', () => {
  it.each([
    [8192, 6144],
    [8160, 6144],
    [8688, 5792],
    [9248, 6936],
    [800, 20_000],
    [32_767, 2048],
  ])('%d x %d opens as it is', (width, height) => {
    expect(openedSize({ width, height }, 'a.png')).toEqual({ width, height })
  })

  it.each([
    [11_656, 8742],
    [12_000, 9000],
    [2100, 32_767],
  ])('%d x %d opens scaled down, in its shape', (width, height) => {
    const size = openedSize({ width, height }, 'a.png')
    const pixels = size.width * size.height
    expect(pixels).toBeLessThanOrEqual(MAX_PIXELS)
    expect(pixels).toBeGreaterThan(MAX_PIXELS * 0.99)
    expect(Math.abs(size.width / size.height / (width / height) - 1)).toBeLessThan(0.001)
  })

  it.each([
    [20_000, 20_000],
    [32_768, 10],
    [10, 40_000],
  ])('%d x %d is refused with its numbers', (width, height) => {
    expect(() => openedSize({ width, height }, 'a.png')).toThrow(/too-large/)
  })
})
