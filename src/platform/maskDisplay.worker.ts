import type { DisplayMessage, RingShape } from '../core/mask/display/displayMessage'
import { intersectRect, type Rect } from '../core/geometry'
import { MaskScreen, OUTLINE_STEP_MS } from '../core/mask/display/maskScreen'

// Paints the mask over the picture, its moving outline and, during a stroke, the brush's ring: the page's own frames
// stay free of it.

const screen = new MaskScreen()
let context: OffscreenCanvasRenderingContext2D | null = null
let ring: RingShape | null = null

function repaint(wanted: Rect): void {
  const part = intersectRect(wanted, { x: 0, y: 0, ...screen.canvas })
  if (!context || part.width === 0) return
  context.putImageData(new ImageData(screen.paint(part), part.width, part.height), part.x, part.y)
}

function ringBox({ x, y, outer, line }: RingShape): Rect {
  const reach = Math.max(outer, 5 * line) + 2 * line + 1
  const [left, top] = [Math.floor(x - reach), Math.floor(y - reach)]
  return { x: left, y: top, width: Math.ceil(x + reach) - left, height: Math.ceil(y + reach) - top }
}

function drawRing({ x, y, outer, inner, line }: RingShape): void {
  if (!context) return
  const circle = (radius: number, style: string, dash: number[] = []) => {
    if (!context || radius <= 0) return
    context.beginPath()
    context.arc(x, y, radius, 0, 2 * Math.PI)
    context.setLineDash(dash)
    context.strokeStyle = style
    context.stroke()
  }
  context.lineWidth = line
  circle(outer + line / 2, 'rgb(0 0 0 / 75%)')
  circle(outer - line / 2, 'rgb(255 255 255 / 95%)')
  if (inner !== null) circle(inner - line / 2, 'rgb(255 255 255 / 70%)', [3 * line, 3 * line])
  // Too small to be seen: the place is marked.
  if (outer < 3 * line) {
    circle(4 * line, '#000')
    circle(3 * line, '#fff')
  }
}

function step(): void {
  // A stroke has the frame's time to itself.
  if (!ring) screen.step().forEach(repaint)
}

addEventListener('message', ({ data }: MessageEvent<DisplayMessage>) => {
  if (data.kind === 'open') {
    context = data.canvas.getContext('2d')
    if (!data.isStill) setInterval(step, OUTLINE_STEP_MS)
  } else if (data.kind === 'show' && context) {
    const { width, height } = data.setup.canvas
    const part = screen.reset(data.setup, data.marked)
    ring = null
    Object.assign(context.canvas, { width, height })
    repaint(part)
    // Painting reaches the screen with the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => postMessage('shown')))
  } else if (data.kind === 'frame') {
    if (data.change) {
      screen.put(data.change.part, data.change.coverage)
      repaint(data.change.part)
    }
    if (ring) repaint(ringBox(ring))
    ring = data.ring
    if (ring) {
      // What lies under the ring anew: its lines would add up.
      repaint(ringBox(ring))
      drawRing(ring)
    }
  }
})
