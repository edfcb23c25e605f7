import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Rect, Size } from '../../core/geometry'
import {
  fitMargin,
  fitViewport,
  snapToPixels,
  type View,
  type Viewport,
  zoomAt,
  zoomStep,
} from '../../core/viewport'

/** One pane on the screen. */
export interface Pane {
  /** CSS px. */
  readonly size: Size
  readonly pixelRatio: number
  /** Its canvas, CSS px from the pane's corner. */
  readonly canvas: Rect
}

export interface ViewportState {
  /** null fits the image into whichever pane shows it. */
  readonly viewport: Viewport | null
  /** The pane that the zoom buttons act on. */
  readonly pane: Pane | null
}

export interface ViewportRoom {
  readonly store: StoreApi<ViewportState>
  set(viewport: Viewport | null): void
  setPane(pane: Pane): void
  /** What a pane shows of an image at this moment: several moves can come between two renders. */
  viewNow(image: Size, pane: Pane): View
  /** One step of the zoom buttons. */
  zoomBy(image: Size, direction: 1 | -1): void
  /** One image pixel is one pixel of the screen. */
  actualSize(image: Size): void
  /** @param zoom screen pixels per image pixel */
  zoomTo(image: Size, zoom: number): void
}

export function createViewport(): ViewportRoom {
  const store = createStore<ViewportState>()(() => ({ viewport: null, pane: null }))
  const zoomBy = (image: Size, next: (view: View) => number) => {
    const { viewport, pane } = store.getState()
    if (!pane) return
    const view = viewOf(viewport, image, pane)
    const middle = { x: pane.size.width / 2, y: pane.size.height / 2 }
    store.setState({ viewport: zoomAt(view, middle, next(view)) })
  }
  return {
    store,
    set: (viewport) => store.setState({ viewport }),
    setPane: (pane) => store.setState({ pane }),
    viewNow: (image, pane) => viewOf(store.getState().viewport, image, pane),
    zoomBy: (image, direction) => zoomBy(image, ({ zoom }) => zoomStep(zoom, direction)),
    actualSize: (image) => zoomBy(image, () => 1),
    zoomTo: (image, zoom) => zoomBy(image, () => zoom),
  }
}

/** What a pane shows of an image, exactly: for panning and zooming. Drawing and painting use `drawnView`. */
export function viewOf(viewport: Viewport | null, image: Size, pane: Pane): View {
  const fit = fitViewport(image, pane.size, pane.pixelRatio, fitMargin(pane.size))
  const { size, pixelRatio, canvas } = pane
  return { ...(viewport ?? fit), pane: size, pixelRatio, canvas, fitZoom: fit.zoom }
}

/** The view as it is drawn: the image's corner lies on a whole screen pixel, so 100 % is sharp. */
export function drawnView(viewport: Viewport | null, image: Size, pane: Pane): View {
  return snapToPixels(viewOf(viewport, image, pane))
}
