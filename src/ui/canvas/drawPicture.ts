import { imageToScreen, pixelsOf, SHARP_ZOOM, screenToImage, type View } from '../../core/viewport'
import { containsRect, intersectRect, type Rect, type Size } from '../../core/geometry'

/** What a level of a picture is drawn from. */
type Drawable = ImageBitmap | OffscreenCanvas

/** A picture's bitmaps, each half the size of the one before, and its place in image space. */
export interface PictureLayer {
  readonly levels: readonly Drawable[]
  readonly at: Rect
  readonly opaque: boolean
  /** Of the bitmaps. */
  readonly colorSpace: PredefinedColorSpace
}

const CHECK = 8

/**
 * Draws the visible part of each layer from the level that fits the zoom, on a canvas that is made to fit the view.
 * @param frame what is shown of the layers, image px: checks where they leave it bare
 */
export function drawPicture(
  context: CanvasRenderingContext2D,
  view: View,
  frame: Rect,
  layers: readonly PictureLayer[],
): void {
  clearCanvas(context, view)
  const [below] = layers
  drawOver(context, view, frame, layers, below && !containsRect(below.at, frame))
}

/** As `drawPicture`, over what the canvas shows. @param isBare checks show in the whole frame */
export function drawOver(
  context: CanvasRenderingContext2D,
  view: View,
  frame: Rect,
  layers: readonly PictureLayer[],
  isBare = false,
): void {
  const { canvas, pixelRatio } = view
  context.save()
  // In CSS px from the pane's corner.
  context.setTransform(pixelRatio, 0, 0, pixelRatio, -canvas.x * pixelRatio, -canvas.y * pixelRatio)
  const from = screenToImage(view, canvas)
  const to = screenToImage(view, { x: canvas.x + canvas.width, y: canvas.y + canvas.height })
  const seen = { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y }
  clipTo(context, view, frame)
  if (isBare) drawChecks(context, onScreen(view, frame))
  layers.forEach(({ levels, at, opaque }) => {
    const depth = Math.min(levels.length - 1, Math.max(0, Math.floor(Math.log2(1 / view.zoom))))
    const bitmap = levels[depth]
    if (!bitmap || bitmap.width === 0) return
    const part = wholePixels(intersectRect(seen, at), at, bitmap)
    if (!part) return
    const target = onScreen(view, part.image)
    context.save()
    // The same pixels as the mask's: a rim in between would show beside it.
    clipTo(context, view, at)
    // A layer replaces the one below: its transparent pixels show the checks.
    if (!opaque) drawChecks(context, target)
    context.imageSmoothingEnabled = view.zoom < SHARP_ZOOM && view.zoom !== 1
    context.imageSmoothingQuality = 'low'
    const { x, y, width, height } = part.bitmap
    context.drawImage(bitmap, x, y, width, height, target.x, target.y, target.width, target.height)
    context.restore()
  })
  context.restore()
}

/** Empties the canvas and fits it to the view; one of another size is made anew. */
export function clearCanvas(context: CanvasRenderingContext2D, { canvas: box, pixelRatio }: View): void {
  const { canvas } = context
  const width = Math.round(box.width * pixelRatio)
  const height = Math.round(box.height * pixelRatio)
  if (canvas.width === width && canvas.height === height) {
    context.resetTransform()
    context.clearRect(0, 0, width, height)
  } else {
    canvas.width = width
    canvas.height = height
  }
}

/** @returns CSS px from the pane's corner */
function onScreen(view: View, { x, y, width, height }: Rect): Rect {
  const corner = imageToScreen(view, { x, y })
  const end = imageToScreen(view, { x: x + width, y: y + height })
  return { x: corner.x, y: corner.y, width: end.x - corner.x, height: end.y - corner.y }
}

function clipTo(context: CanvasRenderingContext2D, view: View, at: Rect): void {
  const { x, y, width, height } = pixelsOf(view, at)
  const { canvas, pixelRatio } = view
  context.beginPath()
  context.rect(canvas.x + x / pixelRatio, canvas.y + y / pixelRatio, width / pixelRatio, height / pixelRatio)
  context.clip()
}

/** The visible part grown to whole pixels of the bitmap, in both spaces. */
function wholePixels(seen: Rect, at: Rect, bitmap: Size): { image: Rect; bitmap: Rect } | null {
  if (seen.width <= 0) return null
  const fx = bitmap.width / at.width
  const fy = bitmap.height / at.height
  const left = Math.max(0, Math.floor((seen.x - at.x) * fx) - 1)
  const top = Math.max(0, Math.floor((seen.y - at.y) * fy) - 1)
  const right = Math.min(bitmap.width, Math.ceil((seen.x + seen.width - at.x) * fx) + 1)
  const bottom = Math.min(bitmap.height, Math.ceil((seen.y + seen.height - at.y) * fy) + 1)
  const part = { x: left, y: top, width: right - left, height: bottom - top }
  return {
    bitmap: part,
    image: { x: at.x + left / fx, y: at.y + top / fy, width: part.width / fx, height: part.height / fy },
  }
}

let checks: HTMLCanvasElement | null = null

/** The checkerboard's pattern: two by two grey squares. */
function checkTile(): HTMLCanvasElement {
  const tile = document.createElement('canvas')
  tile.width = 2 * CHECK
  tile.height = 2 * CHECK
  const context = tile.getContext('2d')!
  context.fillStyle = '#b8b8b8'
  context.fillRect(0, 0, 2 * CHECK, 2 * CHECK)
  context.fillStyle = '#8c8c8c'
  context.fillRect(0, 0, CHECK, CHECK)
  context.fillRect(CHECK, CHECK, CHECK, CHECK)
  return tile
}

/** The checkerboard behind transparent pixels, in screen px at every zoom. */
function drawChecks(context: CanvasRenderingContext2D, { x, y, width, height }: Rect): void {
  checks ??= checkTile()
  context.fillStyle = context.createPattern(checks, 'repeat')!
  context.fillRect(x, y, width, height)
}
