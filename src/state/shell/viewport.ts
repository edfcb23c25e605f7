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

/** Which part of an image is shown. */
export interface Shown {
  /** null until somebody zooms or pans. */
  readonly viewport: Viewport | null
  /** Fits the pane where `viewport` is null, image px; where both are null all of the image does. */
  readonly part: Rect | null
}

export interface ViewportState extends Shown {
  /** The pane that the zoom buttons act on. */
  readonly pane: Pane | null
}

export interface ViewportRoom {
  readonly store: StoreApi<ViewportState>
  /** @param viewport null fits all of the image into whichever pane shows it */
  set(viewport: Viewport | null): void
  show(shown: Shown): void
  setPane(pane: Pane): void
  /** What a pane shows of an image at this moment: several moves can come between two renders. */
  viewNow(image: Size | Rect, pane: Pane): View
  /** One step of the zoom buttons. */
  zoomBy(image: Size | Rect, direction: 1 | -1): void
  /** One image pixel is one pixel of the screen. */
  actualSize(image: Size | Rect): void
  /** @param zoom screen pixels per image pixel */
  zoomTo(image: Size | Rect, zoom: number): void
}

export function createViewport(): ViewportRoom {
  const store = createStore<ViewportState>()(() => ({ viewport: null, part: null, pane: null }))
  const zoomBy = (image: Size | Rect, next: (view: View) => number) => {
    const { pane, ...shown } = store.getState()
    if (!pane) return
    const view = viewOf(shown, image, pane)
    const middle = { x: pane.size.width / 2, y: pane.size.height / 2 }
    store.setState({ viewport: zoomAt(view, middle, next(view)), part: null })
  }
  return {
    store,
    set: (viewport) => store.setState({ viewport, part: null }),
    show: ({ viewport, part }) => store.setState({ viewport, part }),
    setPane: (pane) => store.setState({ pane }),
    viewNow: (image, pane) => viewOf(store.getState(), image, pane),
    zoomBy: (image, direction) => zoomBy(image, ({ zoom }) => zoomStep(zoom, direction)),
    actualSize: (image) => zoomBy(image, () => 1),
    zoomTo: (image, zoom) => zoomBy(image, () => zoom),
  }
}

/** What a pane shows of an image, exactly: for panning and zooming. Drawing and painting use `drawnView`. */
export function viewOf({ viewport, part }: Shown, image: Size | Rect, pane: Pane): View {
  const { size, pixelRatio, canvas } = pane
  const margin = fitMargin(size)
  const fit = fitViewport(image, size, pixelRatio, margin)
  const shown = viewport ?? (part ? fitViewport(part, size, pixelRatio, margin) : fit)
  return { ...shown, pane: size, pixelRatio, canvas, fitZoom: fit.zoom }
}

/** The view as it is drawn: the image's corner lies on a whole screen pixel, so 100 % is sharp. */
export function drawnView(shown: Shown, image: Size | Rect, pane: Pane): View {
  return snapToPixels(viewOf(shown, image, pane))
}

/** True where all of the image fits the pane. */
export function selectIsFitted({ viewport }: { readonly viewport: Shown }): boolean {
  return viewport.viewport === null && viewport.part === null
}
