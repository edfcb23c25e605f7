import fc from 'fast-check'
import { expect, it } from 'vitest'
import { paneGesture, SWIPE_PX } from './paneGesture'

const place = fc.record({ x: fc.integer({ min: 0, max: 390 }), y: fc.integer({ min: 0, max: 600 }) })

/** What a gesture through the places did. */
function drag(
  places: readonly { x: number; y: number }[],
  isPanning: boolean,
  end: 'end' | 'cancel' = 'end',
) {
  const done = { pans: { x: 0, y: 0 }, steps: [] as number[], clicks: 0, overs: 0 }
  const gesture = paneGesture({
    start: places[0],
    pan: isPanning
      ? (dx, dy) => {
          done.pans.x += dx
          done.pans.y += dy
        }
      : null,
    step: (by) => done.steps.push(by),
    click: () => {
      done.clicks += 1
    },
    over: () => {
      done.overs += 1
    },
  })
  for (const screen of places.slice(1)) {
    gesture.move([
      { screen, point: screen, scale: 1, pressure: null, shift: false, erase: false, intersect: false },
    ])
  }
  gesture[end]()
  return done
}

it('a picture that is all seen stays where it is: a sideways swipe steps once, anything else does nothing', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (places) => {
      const { pans, steps, overs } = drag(places, false)
      const dx = places.at(-1)!.x - places[0].x
      const dy = places.at(-1)!.y - places[0].y
      expect(pans).toEqual({ x: 0, y: 0 })
      const isSwipe = Math.abs(dx) >= SWIPE_PX && Math.abs(dx) > Math.abs(dy)
      expect(steps).toEqual(isSwipe ? [dx < 0 ? 1 : -1] : [])
      expect(overs).toBe(1)
    }),
  )
})

it('where there is something to pan, the picture follows the pointer and nothing steps', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (places) => {
      const { pans, steps } = drag(places, true)
      expect(pans).toEqual({
        x: places.at(-1)!.x - places[0].x,
        y: places.at(-1)!.y - places[0].y,
      })
      expect(steps).toEqual([])
    }),
  )
})

it('a swipe that became a pinch steps nowhere, and is over', () => {
  const { steps, overs } = drag(
    [
      { x: 300, y: 10 },
      { x: 100, y: 10 },
    ],
    false,
    'cancel',
  )
  expect(steps).toEqual([])
  expect(overs).toBe(1)
})

it('a press that hardly moves is a click, wherever the picture is', () => {
  for (const isPanning of [false, true]) {
    expect(drag([{ x: 50, y: 50 }], isPanning).clicks).toBe(1)
    expect(
      drag(
        [
          { x: 50, y: 50 },
          { x: 52, y: 51 },
        ],
        isPanning,
      ).clicks,
    ).toBe(1)
    const loop = [
      { x: 50, y: 50 },
      { x: 90, y: 50 },
      { x: 50, y: 50 },
    ]
    expect(drag(loop, isPanning).clicks).toBe(0)
  }
})
