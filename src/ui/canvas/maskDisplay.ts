import type { PaintArea } from '../../core/document/document'
import type { Rect } from '../../core/geometry'
import type { RingShape } from '../../core/mask/display/displayMessage'
import { MaskScreen, OUTLINE_STEP_MS, type ScreenSetup } from '../../core/mask/display/maskScreen'
import type { MaskColors } from '../../core/mask/display/overlayColors'
import { sampleMask, sampleShown, type ScreenCoverage, screenPart } from '../../core/mask/display/sampleMask'
import { pixelsOf, type View } from '../../core/viewport'
import { DirtyRegion } from '../../editor/dirtyRegion'
import type { MaskEditor } from '../../editor/maskEditor'
import type { App } from '../../state/app'

/** A view that has rested for this long is handed to the worker, ms. */
const REST_MS = 150

interface Shown {
  readonly editor: MaskEditor
  readonly view: View
  readonly colors: MaskColors
}

type DisplayWorker = Awaited<ReturnType<App['openMaskDisplay']>>

interface OwnCanvas {
  readonly canvas: HTMLCanvasElement
  /** null until it is there. */
  port: DisplayWorker | null
}

/**
 * Shows a mask over the picture on two canvases. A new view is painted by the page, in one frame with the picture. Once it
 * rests, a worker paints the same into a canvas of its own and takes over: strokes and the moving outline then cost the page
 * no frames. Where no worker can be had the page goes on painting.
 */
export class MaskDisplay {
  private readonly area: PaintArea
  private readonly open: App['openMaskDisplay']
  private readonly page: HTMLCanvasElement
  private readonly context: CanvasRenderingContext2D
  private readonly screen = new MaskScreen()
  private readonly dirty = new DirtyRegion()
  private readonly timer: ReturnType<typeof setInterval> | undefined
  private readonly isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  private readonly fit: (pixelRatio: number) => void
  private shown: Shown | null = null
  /** Another view, which the next frame shows. */
  private next: {
    readonly editor: MaskEditor
    readonly view: View
    readonly colors: MaskColors | null
  } | null = null
  private frame = 0
  private rest: ReturnType<typeof setTimeout> | undefined
  /** null until the first view rests; false where none can be had. */
  private worker: OwnCanvas | false | null = null
  /** Views that the worker has been sent and has not shown yet. */
  private awaited = 0
  /** The worker has the view that is shown: it is told of changes. */
  private isSent = false
  /** The worker's canvas is the one that is seen. */
  private isHanded = false
  private ring: RingShape | null = null
  private isRingMoved = false
  private isEnded = false

  /** @param fit makes the page's canvas anew for as many device px per CSS px */
  constructor(
    page: HTMLCanvasElement,
    area: PaintArea,
    open: App['openMaskDisplay'],
    fit: (pixelRatio: number) => void,
  ) {
    this.page = page
    this.fit = fit
    this.area = area
    this.open = open
    this.context = page.getContext('2d')!
    if (!this.isStill) this.timer = setInterval(() => this.step(), OUTLINE_STEP_MS)
  }

  /** Shows another view with the next frame, in a task of its own beside what led to it. @param colors null hides it */
  show(editor: MaskEditor, view: View, colors: MaskColors | null): void {
    clearTimeout(this.rest)
    this.next = { editor, view, colors }
    this.schedule()
  }

  /** The mask has changed. @param area image px */
  change(area: Rect): void {
    this.dirty.add(area)
    this.schedule()
  }

  /** Shows the ring of the brush during a stroke. @returns false where the page has to */
  moveRing(ring: RingShape): boolean {
    if (!this.isHanded || this.next) return false
    this.ring = ring
    this.isRingMoved = true
    this.schedule()
    return true
  }

  hideRing(): void {
    if (!this.ring) return
    this.ring = null
    this.isRingMoved = true
    this.schedule()
  }

  end(): void {
    this.isEnded = true
    cancelAnimationFrame(this.frame)
    clearTimeout(this.rest)
    clearInterval(this.timer)
    if (!this.worker) return
    this.worker.canvas.remove()
    this.worker.port?.end()
  }

  private setup({ editor, view, colors }: Shown): ScreenSetup {
    const { width, height } = this.page
    return { canvas: { width, height }, picture: pixelsOf(view, editor[this.area].frame), colors }
  }

  private marked({ editor, view }: Shown): ScreenCoverage {
    const { width, height } = this.page
    return sampleShown(editor[this.area], view, { width, height })
  }

  private sample({ editor, view }: Shown, part: Rect): Uint8Array<ArrayBuffer> {
    return sampleMask(editor[this.area], view, part)
  }

  private paint(part: Rect): void {
    const pixels = new ImageData(this.screen.paint(part), part.width, part.height)
    this.context.putImageData(pixels, part.x, part.y)
  }

  private schedule(): void {
    if (this.frame === 0) this.frame = requestAnimationFrame(() => this.update())
  }

  private renew({ editor, view, colors }: NonNullable<MaskDisplay['next']>): void {
    this.next = null
    this.takeBack()
    this.dirty.take()
    this.fit(view.pixelRatio)
    const { width, height } = this.page
    this.context.clearRect(0, 0, width, height)
    this.shown = colors && { editor, view, colors }
    if (!this.shown || width === 0 || height === 0) return
    const part = this.screen.reset(this.setup(this.shown), this.marked(this.shown))
    if (part.width > 0) this.paint(part)
    this.rest = setTimeout(() => this.handOver(), REST_MS)
  }

  private update(): void {
    this.frame = 0
    if (this.next) {
      this.renew(this.next)
      return
    }
    const area = this.dirty.take()
    const { shown } = this
    const part = shown && area.width > 0 ? screenPart(shown.view, area, this.page) : null
    const change = shown && part && part.width > 0 ? { part, coverage: this.sample(shown, part) } : null
    if (change && !this.isHanded) {
      this.screen.put(change.part, change.coverage)
      this.paint(change.part)
    }
    if (!this.isSent || !this.worker || !(change || this.isRingMoved)) return
    this.isRingMoved = false
    this.worker.port?.send({ kind: 'frame', change, ring: this.ring }, change ? [change.coverage.buffer] : [])
  }

  private step(): void {
    // Painting a stroke has the frame's time to itself.
    if (!this.shown || this.next || this.isHanded || document.hidden || this.shown.editor.isDrawing) return
    this.screen.step().forEach((part) => this.paint(part))
  }

  /** Lets the worker paint what is shown, too; its canvas is seen once that is done. */
  private handOver(): void {
    this.worker ??= this.start()
    if (!this.worker || !this.worker.port || !this.shown) return
    const { canvas, port } = this.worker
    canvas.style.cssText = this.page.style.cssText
    canvas.style.visibility = 'hidden'
    const marked = this.marked(this.shown)
    this.awaited++
    this.isSent = true
    port.send({ kind: 'show', setup: this.setup(this.shown), marked }, [marked.coverage.buffer])
  }

  private start(): OwnCanvas | false {
    const canvas = document.createElement('canvas')
    if (!('transferControlToOffscreen' in canvas)) return false
    Object.assign(canvas.dataset, this.page.dataset)
    canvas.style.visibility = 'hidden'
    this.page.after(canvas)
    const worker: OwnCanvas = { canvas, port: null }
    void this.connect(worker)
    return worker
  }

  private async connect(worker: OwnCanvas): Promise<void> {
    const events = { shown: () => this.swap(), failed: () => this.fail() }
    try {
      worker.port = await this.open(worker.canvas.transferControlToOffscreen(), this.isStill, events)
    } catch {
      this.fail()
      return
    }
    if (this.isEnded) worker.port.end()
    else this.handOver()
  }

  private swap(): void {
    this.awaited--
    if (this.awaited > 0 || !this.isSent || !this.worker) return
    this.isHanded = true
    this.worker.canvas.style.visibility = ''
    this.page.style.visibility = 'hidden'
  }

  private takeBack(): void {
    this.isSent = false
    this.isHanded = false
    this.ring = null
    this.page.style.visibility = ''
    if (this.worker) this.worker.canvas.style.visibility = 'hidden'
  }

  private fail(): void {
    if (this.isEnded) return
    if (this.worker) this.worker.canvas.remove()
    this.worker = false
    if (this.shown) this.show(this.shown.editor, this.shown.view, this.shown.colors)
  }
}
