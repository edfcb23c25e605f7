import { clamp, type ImagePoint, type Rect, type ScreenPoint, type Size } from './geometry'

/**
 * Which part of the image a pane shows. It does not depend on the pane's size, so that panes of different sizes share
 * one viewport.
 */
export interface Viewport {
  /** Screen (device) pixels per image pixel: 1 is 100 %, where one image pixel is one pixel of the screen. */
  readonly zoom: number
  /** The image point at the centre of the pane. */
  readonly center: ImagePoint
}

/** A viewport in one pane: everything needed to convert between the spaces. */
export interface View extends Viewport {
  /** The pane, CSS px. */
  readonly pane: Size
  /** Where its canvas lies, CSS px from the pane's corner. @see canvasBox */
  readonly canvas: Rect
  /** Device pixels per CSS px. */
  readonly pixelRatio: number
  /** The zoom at which the whole image fits the pane. */
  readonly fitZoom: number
}

/** How far one can zoom out; less where the image does not fit the pane even then. */
export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 32
/** From this zoom on each image pixel is drawn as a sharp square. */
export const SHARP_ZOOM = 2

/** CSS px per image px. */
export function cssScale(view: View): number {
  return view.zoom / view.pixelRatio
}

/** @returns CSS px of the pane, not rounded */
export function imageToScreen(view: View, point: ImagePoint): ScreenPoint {
  const scale = cssScale(view)
  return {
    x: (point.x - view.center.x) * scale + view.pane.width / 2,
    y: (point.y - view.center.y) * scale + view.pane.height / 2,
  }
}

/** @returns image px, not rounded; beyond the image where the point is */
export function screenToImage(view: View, point: ScreenPoint): ImagePoint {
  const scale = cssScale(view)
  return {
    x: (point.x - view.pane.width / 2) / scale + view.center.x,
    y: (point.y - view.pane.height / 2) / scale + view.center.y,
  }
}

/** What the canvas shows of the image. @param grid px of the image that its sides lie on @returns image px */
export function seenOn(view: View, grid: number): Rect {
  const { x, y, width, height } = view.canvas
  const from = screenToImage(view, { x, y })
  const to = screenToImage(view, { x: x + width, y: y + height })
  const left = Math.floor(from.x / grid) * grid
  const top = Math.floor(from.y / grid) * grid
  return {
    x: left,
    y: top,
    width: Math.ceil(to.x / grid) * grid - left,
    height: Math.ceil(to.y / grid) * grid - top,
  }
}

/**
 * Zooms so that the image point under `anchor` stays under it.
 * @param zoom wanted; kept within MAX_ZOOM and the smaller of MIN_ZOOM and the zoom that fits the image
 */
export function zoomAt(view: View, anchor: ScreenPoint, zoom: number): Viewport {
  // Another pane may have zoomed out further than this one could.
  const next = clamp(zoom, Math.min(MIN_ZOOM, view.fitZoom, view.zoom), Math.max(MAX_ZOOM, view.zoom))
  const held = screenToImage(view, anchor)
  const scale = next / view.pixelRatio
  return {
    zoom: next,
    center: {
      x: held.x - (anchor.x - view.pane.width / 2) / scale,
      y: held.y - (anchor.y - view.pane.height / 2) / scale,
    },
  }
}

/** Moves the image by (dx, dy) CSS px. */
export function panBy(view: View, dx: number, dy: number): Viewport {
  const scale = cssScale(view)
  return { zoom: view.zoom, center: { x: view.center.x - dx / scale, y: view.center.y - dy / scale } }
}

/** Moves the image no further than the pane's middle still shows it. */
export function keepInSight({ zoom, center }: Viewport, image: Size | Rect): Viewport {
  const { x, y } = cornerOf(image)
  return {
    zoom,
    center: { x: clamp(center.x, x, x + image.width), y: clamp(center.y, y, y + image.height) },
  }
}

/** A size stands for an image whose corner is the origin. */
function cornerOf(image: Size | Rect): ImagePoint {
  return 'x' in image ? image : { x: 0, y: 0 }
}

/** A pane's margin around a fitted image, CSS px. */
export function fitMargin(pane: Size): number {
  return pane.width < 640 ? 4 : 24
}

/**
 * Fits an image, or a part of one, into the pane, centred.
 * @param marginPx free space on each side, CSS px
 * @param maxZoom how far a small image may be enlarged, screen pixels per image pixel
 */
export function fitViewport(
  image: Size | Rect,
  pane: Size,
  pixelRatio: number,
  marginPx = 24,
  maxZoom = 4,
): Viewport {
  const width = Math.max(1, pane.width - 2 * marginPx)
  const height = Math.max(1, pane.height - 2 * marginPx)
  const zoom = Math.min(width / image.width, height / image.height) * pixelRatio
  const { x, y } = cornerOf(image)
  return {
    zoom: clamp(zoom, 0.001, maxZoom),
    center: { x: x + image.width / 2, y: y + image.height / 2 },
  }
}

/**
 * The next stop of the zoom buttons: powers of the square root of two, so that 100 % is one of them. `zoomAt` applies
 * the limits.
 */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  const position = Math.log2(zoom) * 2
  const rounded = Math.round(position)
  const onStop = Math.abs(position - rounded) < 1e-6
  const next = onStop ? rounded + direction : direction > 0 ? Math.ceil(position) : Math.floor(position)
  return 2 ** (next / 2)
}

/** Longer steps would make canvases much larger than their panes, CSS px. */
const MAX_GRID_STEP = 40

/**
 * The box for a pane's canvas. Its sides lie on whole pixels of the page and of the screen, whichever of them the browser
 * rounds to: in between a canvas would be blurred.
 * @param pane CSS px from the page's corner; where it lies between pixels, the canvas is larger
 * @returns CSS px from the pane's corner
 */
export function canvasBox(pane: Rect, pixelRatio: number): Rect {
  let step = 1
  const isWhole = () => Math.abs(step * pixelRatio - Math.round(step * pixelRatio)) < 1e-5
  while (step <= MAX_GRID_STEP && !isWhole()) step++
  if (!isWhole()) step = 1 / pixelRatio
  const before = (at: number) => Math.floor(at / step + 1e-6) * step
  const after = (at: number) => Math.ceil(at / step - 1e-6) * step
  const x = before(pane.x)
  const y = before(pane.y)
  return {
    x: x - pane.x,
    y: y - pane.y,
    width: after(pane.x + pane.width) - x,
    height: after(pane.y + pane.height) - y,
  }
}

/** The image's corner, device px from the canvas's. */
export function originOf({ zoom, pixelRatio, pane, canvas, center }: View): { x: number; y: number } {
  return {
    x: (pane.width / 2 - canvas.x) * pixelRatio - center.x * zoom,
    y: (pane.height / 2 - canvas.y) * pixelRatio - center.y * zoom,
  }
}

/**
 * Moves the view by at most half a screen pixel, so that the image's corner falls on a pixel boundary and image pixels
 * are drawn sharp. Below 100 % the view stays as it is: nothing would be sharper.
 */
export function snapToPixels(view: View): View {
  const { zoom, center } = view
  if (zoom < 1) return view
  const origin = originOf(view)
  return {
    ...view,
    center: {
      x: center.x + (origin.x - Math.round(origin.x)) / zoom,
      y: center.y + (origin.y - Math.round(origin.y)) / zoom,
    },
  }
}

/**
 * The pixels of the screen that show an area: those whose middle lies in it.
 * @param area image px
 * @returns device px from the canvas's corner
 */
export function pixelsOf(view: View, area: Rect): Rect {
  const origin = originOf(view)
  const x = Math.ceil(origin.x + area.x * view.zoom - 0.5)
  const y = Math.ceil(origin.y + area.y * view.zoom - 0.5)
  return {
    x,
    y,
    width: Math.ceil(origin.x + (area.x + area.width) * view.zoom - 0.5) - x,
    height: Math.ceil(origin.y + (area.y + area.height) * view.zoom - 0.5) - y,
  }
}
