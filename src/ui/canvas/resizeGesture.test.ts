import { expect, it } from 'vitest'
import { DOUBLING_PX, resizeGesture } from './resizeGesture'

function drag(...xs: readonly number[]) {
  const sizes: number[] = []
  let overs = 0
  const gesture = resizeGesture({
    start: { x: 100, y: 100 },
    size: 40,
    set: (size) => sizes.push(size),
    over: () => {
      overs += 1
    },
  })
  for (const x of xs) {
    const screen = { x, y: 130 }
    gesture.move([
      { screen, point: screen, scale: 1, pressure: null, shift: false, erase: true, intersect: false },
    ])
  }
  return { gesture, sizes, overs: () => overs }
}

it('doubles the brush to the right, halves it to the left, by where the pointer is', () => {
  const { sizes } = drag(100 + DOUBLING_PX, 100 - DOUBLING_PX, 100)
  expect(sizes).toEqual([80, 20, 40])
})

it('taken back, gives the size of before', () => {
  const { gesture, sizes, overs } = drag(200)
  gesture.cancel()
  expect(sizes.at(-1)).toBe(40)
  expect(overs()).toBe(1)
})
