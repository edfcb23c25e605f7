import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MIN_COMPARED_WIDTH, paneGrid } from './paneGrid'
import { fitMargin, fitViewport } from './viewport'

const side = fc.integer({ min: 1, max: 9000 })
const anyOptions = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  picture: fc.record({ width: side, height: side }),
  area: fc.record({
    width: fc.integer({ min: 200, max: 2600 }),
    height: fc.integer({ min: 150, max: 1500 }),
  }),
  captionHeight: fc.integer({ min: 0, max: 40 }),
})
type Options = Parameters<typeof paneGrid>[0]

/** The picture's width in a grid of panes, by the definition. */
function widthIn({ picture, area, captionHeight }: Options, columns: number, rows: number): number {
  const pane = { width: area.width / columns, height: area.height / rows - captionHeight }
  return fitViewport(picture, pane, 1, fitMargin(pane)).zoom * picture.width
}

it('all panes lie within the area, and no other columns and rows show a larger picture', () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const { columns, rows, panes, pictureWidth } = paneGrid(options)
      expect(panes).toBeGreaterThan(0)
      expect(panes).toBeLessThanOrEqual(options.count)
      expect(columns * rows).toBeGreaterThanOrEqual(panes)
      expect(pictureWidth).toBeCloseTo(widthIn(options, columns, rows), 6)
      for (let other = 1; other <= panes; other++) {
        for (let below = Math.ceil(panes / other); below <= panes; below++) {
          expect(widthIn(options, other, below)).toBeLessThanOrEqual(pictureWidth + 1e-6)
        }
      }
    }),
  )
})

it('fewer panes are shown only where one more would be too narrow, and none too narrow where that helps', () => {
  fc.assert(
    fc.property(anyOptions, (options) => {
      const { panes, pictureWidth } = paneGrid(options)
      const alone = widthIn(options, 1, 1)
      const enough = Math.min(MIN_COMPARED_WIDTH, alone)
      expect(pictureWidth).toBeGreaterThanOrEqual(enough - 1e-6)
      if (panes === options.count) return
      for (let columns = 1; columns <= panes + 1; columns++) {
        expect(widthIn(options, columns, Math.ceil((panes + 1) / columns))).toBeLessThan(enough)
      }
    }),
  )
})

it.each([
  // The room of the panes beside a form of 320 px, above the strip of runs.
  ['1440 x 900', { width: 1068, height: 640 }, 250],
  ['1024 x 768', { width: 652, height: 480 }, 180],
] as const)('eight outputs of 3:2 at %s are at least that wide beside the original', (_, area, least) => {
  const grid = paneGrid({ count: 9, picture: { width: 900, height: 600 }, area, captionHeight: 28 })
  expect(grid.panes).toBe(9)
  expect(grid.pictureWidth).toBeGreaterThanOrEqual(least)
})
