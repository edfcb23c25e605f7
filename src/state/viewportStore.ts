import { create } from 'zustand'
import type { Size } from '../core/geometry'
import { fitViewport, snapToPixels, type View, type Viewport, zoomAt, zoomStep } from '../core/viewport'

/** One pane on the screen. */
export interface Pane {
  readonly size: Size
  readonly pixelRatio: number
}

interface ViewportStore {
  /** null fits the image into whichever pane shows it. */
  readonly viewport: Viewport | null
  /** The pane that the zoom buttons speak of. */
  readonly pane: Pane | null
  readonly set: (viewport: Viewport | null) => void
  readonly setPane: (pane: Pane) => void
}

export const useViewport = create<ViewportStore>()((set) => ({
  viewport: null,
  pane: null,
  set: (viewport) => set({ viewport }),
  setPane: (pane) => set({ pane }),
}))

/**
 * What a pane shows of an image of this size, exactly: for panning and zooming. What is drawn and painted uses
 * `drawnView`.
 */
export function viewOf(viewport: Viewport | null, image: Size, pane: Pane): View {
  const fit = fitViewport(image, pane.size, pane.pixelRatio, pane.size.width < 640 ? 8 : 24)
  return { ...(viewport ?? fit), pane: pane.size, pixelRatio: pane.pixelRatio, fitZoom: fit.zoom }
}

/** The view as it is drawn: the image's corner lies on a whole screen pixel, so 100 % is sharp. */
export function drawnView(viewport: Viewport | null, image: Size, pane: Pane): View {
  return snapToPixels(viewOf(viewport, image, pane))
}

export function zoomButtons(image: Size, direction: 1 | -1): void {
  zoomTo(image, (zoom) => zoomStep(zoom, direction))
}

export function actualSize(image: Size): void {
  zoomTo(image, () => 1)
}

function zoomTo(image: Size, next: (zoom: number) => number): void {
  const { viewport, pane, set } = useViewport.getState()
  if (!pane) return
  const view = viewOf(viewport, image, pane)
  set(zoomAt(view, { x: pane.size.width / 2, y: pane.size.height / 2 }, next(view.zoom)))
}
