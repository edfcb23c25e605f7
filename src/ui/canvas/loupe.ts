import type { ScreenPoint } from '../../core/geometry'
import styles from './loupe.module.css'

/** Diameter, CSS px, and magnification. */
const SIDE = 112
const ENLARGED = 2
/** Distance between the centres of finger and loupe on each axis, CSS px. */
const AWAY = 96

/**
 * Shows the area under a finger, magnified, beside it. It copies the pane's own canvases once a frame, without a React
 * render.
 */
export class Loupe {
  private readonly pane: HTMLElement
  private readonly canvas: HTMLCanvasElement
  private at: ScreenPoint | null = null
  private frame = 0

  constructor(pane: HTMLElement) {
    this.pane = pane
    this.canvas = document.createElement('canvas')
    this.canvas.className = styles.loupe
    this.canvas.dataset['loupe'] = ''
    this.canvas.ariaHidden = 'true'
    this.canvas.width = SIDE * devicePixelRatio
    this.canvas.height = SIDE * devicePixelRatio
    pane.append(this.canvas)
  }

  /** @param at the finger's position, CSS px of the pane */
  move(at: ScreenPoint): void {
    this.at = at
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.draw())
  }

  remove(): void {
    cancelAnimationFrame(this.frame)
    this.canvas.remove()
  }

  private draw(): void {
    this.frame = 0
    const { at, canvas } = this
    if (!at) return
    const context = canvas.getContext('2d')!
    const { width } = canvas
    const part = width / ENLARGED
    context.clearRect(0, 0, width, width)
    const pane = this.pane.getBoundingClientRect()
    for (const layer of this.pane.querySelectorAll<HTMLCanvasElement>('canvas')) {
      if (layer === canvas || layer.style.visibility === 'hidden') continue
      const box = layer.getBoundingClientRect()
      const x = (pane.x + at.x - box.x) * devicePixelRatio - part / 2
      const y = (pane.y + at.y - box.y) * devicePixelRatio - part / 2
      context.drawImage(layer, x, y, part, part, 0, 0, width, width)
    }
    const middle = width / 2
    const arm = 8 * devicePixelRatio
    for (const [color, thickness] of [
      ['rgb(0 0 0 / 70%)', 3],
      ['#fff', 1],
    ] as const) {
      context.strokeStyle = color
      context.lineWidth = thickness * devicePixelRatio
      context.beginPath()
      context.moveTo(middle - arm, middle)
      context.lineTo(middle + arm, middle)
      context.moveTo(middle, middle - arm)
      context.lineTo(middle, middle + arm)
      context.stroke()
    }
    // Left of and above the finger; on the other side near the pane's edge.
    const left = at.x > AWAY + SIDE / 2 ? at.x - AWAY : at.x + AWAY
    const top = at.y > AWAY + SIDE / 2 ? at.y - AWAY : at.y + AWAY
    canvas.style.transform = `translate(${left - SIDE / 2}px, ${top - SIDE / 2}px)`
  }
}
