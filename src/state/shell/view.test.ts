import { describe, expect, it } from 'vitest'
import { createView } from './view'
import { createViewport, viewOf } from './viewport'

describe('the view', () => {
  it('starts each comparison at the first output', () => {
    const view = createView()
    view.showCompare('a')
    view.select(3)
    view.showCompare('b')
    expect(view.store.getState()).toMatchObject({ view: 'compare', runId: 'b', selected: 0 })
    view.showEdit()
    expect(view.store.getState()).toMatchObject({ view: 'edit', runId: 'b' })
  })

  it('zooms around the middle of the pane, and exactly to 100 %', () => {
    const viewport = createViewport()
    const image = { width: 4000, height: 3000 }
    viewport.zoomBy(image, 1)
    expect(viewport.store.getState().viewport).toBeNull()
    const size = { width: 800, height: 600 }
    viewport.setPane({ size, pixelRatio: 1, canvas: { x: 0, y: 0, ...size } })
    const { pane } = viewport.store.getState()
    const fit = viewOf({ viewport: null, part: null }, image, pane!).zoom
    viewport.zoomBy(image, 1)
    expect(viewport.store.getState().viewport!.zoom).toBeGreaterThan(fit)
    viewport.zoomTo(image, 2)
    expect(viewport.store.getState().viewport).toEqual({ zoom: 2, center: { x: 2000, y: 1500 } })
    viewport.actualSize(image)
    expect(viewport.store.getState().viewport).toEqual({ zoom: 1, center: { x: 2000, y: 1500 } })
  })
})
