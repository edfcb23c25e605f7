import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PressGuard, SHOWN_MS } from './pressGuard'

function shown(at: number): PressGuard {
  const guard = new PressGuard()
  guard.show(at)
  return guard
}

/** Clicks at these times, each `heldMs` long; a press that began before the button came does not begin on it. */
function clicked(shownAt: number, downs: readonly number[], heldMs = 60): number[] {
  const guard = shown(shownAt)
  return downs.filter((down) => {
    if (down >= shownAt) guard.begin(down)
    return down + heldMs >= shownAt && guard.end(down + heldMs)
  })
}

describe('a press on a button that has just come', () => {
  it('of five clicks 270 ms apart counts none, however slow the machine', () => {
    for (let shownAt = 0; shownAt <= 1200; shownAt += 10) {
      expect(clicked(shownAt, [0, 270, 540, 810, 1080])).toEqual([])
    }
  })

  it('counts none of any row of clicks that began before it came', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.array(fc.integer({ min: 30, max: SHOWN_MS - 1 }), { minLength: 1, maxLength: 30 }),
        (shownAt, gaps) => {
          let at = 0
          const downs = [0, ...gaps.map((gap) => (at += gap))]
          // The row goes on when the button comes.
          fc.pre(downs.at(-1)! >= shownAt)
          expect(clicked(shownAt, downs)).toEqual([])
        },
      ),
    )
  })

  it('counts none that a busy page hands over late', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.array(fc.nat(4000), { maxLength: 12 }), (shownAt, downs) => {
        const guard = shown(shownAt)
        let last = shownAt
        for (const down of downs.toSorted((a, b) => a - b)) {
          guard.begin(down)
          expect(guard.end(down + 60)).toBe(down - last >= SHOWN_MS)
          if (down - last < SHOWN_MS) last = Math.max(last, down)
        }
      }),
    )
  })

  it('does not count where it began on what was there before', () => {
    const guard = shown(1000)
    expect(guard.end(5000)).toBe(false)
  })

  it('counts once the button was seen for long enough, each time', () => {
    expect(clicked(0, [SHOWN_MS, SHOWN_MS + 100, SHOWN_MS + 200])).toHaveLength(3)
    expect(clicked(0, [300, 300 + SHOWN_MS])).toEqual([300 + SHOWN_MS])
  })

  it('of a screen reader counts by the same wait', () => {
    expect(shown(0).end(SHOWN_MS - 1, true)).toBe(false)
    expect(shown(0).end(SHOWN_MS, true)).toBe(true)
  })

  it('does not count before the button is seen', () => {
    const guard = new PressGuard()
    guard.begin(5000)
    expect(guard.end(5060)).toBe(false)
  })

  it('says how long it has to wait', () => {
    const guard = shown(100)
    expect(guard.waitMs(200)).toBe(SHOWN_MS - 100)
    guard.begin(300)
    expect(guard.waitMs(300)).toBe(SHOWN_MS)
    expect(guard.waitMs(5000)).toBe(0)
  })
})
