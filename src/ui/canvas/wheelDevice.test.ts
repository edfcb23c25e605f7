import { describe, expect, it } from 'vitest'
import { createWheelDevice, type WheelTurn } from './wheelDevice'

type Turn = Partial<WheelTurn>

/** @param turns 16 ms apart where they tell no time */
function seen(...turns: readonly Turn[]): boolean[] {
  const isMouse = createWheelDevice()
  return turns.map((turn, k) =>
    isMouse({ deltaX: 0, deltaY: 0, deltaMode: 0, timeStamp: 1000 + 16 * k, ...turn }),
  )
}

describe('a wheel', () => {
  it.each<[string, Turn]>([
    ['Chromium on Windows', { deltaY: 100, wheelDeltaY: -120 }],
    ['Chromium on Windows at 150 %', { deltaY: -66.667, wheelDeltaY: 120 }],
    ['Chromium on Linux', { deltaY: 120, wheelDeltaY: -120 }],
    ['Chromium on macOS, slowly', { deltaY: 4.000244140625, wheelDeltaY: -12 }],
    ['Chromium on macOS, faster', { deltaY: -4.000244140625 * 7, wheelDeltaY: 84 }],
    ['Firefox', { deltaY: 3, deltaMode: 1 }],
    ['a page at a time', { deltaY: 1, deltaMode: 2 }],
  ])('is a mouse: %s', (_, turn) => {
    expect(seen(turn)).toEqual([true])
  })

  it.each<[string, Turn]>([
    ['Chromium on macOS', { deltaY: 7, wheelDeltaY: -21 }],
    ['Chromium on Windows', { deltaY: 3.333, wheelDeltaY: -5 }],
    ['Safari', { deltaY: -1, wheelDeltaY: 3 }],
    ['Firefox', { deltaY: 12.5 }],
    ['sideways', { deltaX: 120, deltaY: 0, wheelDeltaY: 0 }],
    ['a pinch', { deltaY: -8, wheelDeltaY: 120 }],
    ['aslant by a notch', { deltaX: 2, deltaY: 40, wheelDeltaY: -120 }],
  ])('is a trackpad: %s', (_, turn) => {
    expect(seen(turn)).toEqual([false])
  })

  it('is a mouse by any number of notches', () => {
    expect(seen({ deltaY: -300, wheelDeltaY: 360 })).toEqual([true])
  })

  it('stays what a movement began as, until it pauses', () => {
    const notch = { deltaY: 40, wheelDeltaY: -120 }
    const fingers = { deltaY: 7, wheelDeltaY: -21 }
    expect(seen(fingers, notch, fingers)).toEqual([false, false, false])
    expect(seen(notch, fingers)).toEqual([true, true])
    expect(seen(fingers, { ...notch, timeStamp: 1500 })).toEqual([false, true])
  })
})
