import { AppError, type AppErrorData, errorData } from '../../core/errors'
import type { RgbaImage } from '../../core/image/raster'
import type { FillEvent, FillJob } from '../../engine/protocol'
import type { EngineWorker } from './engineWorkerClient'

/** One picture to fill; the job is made when its turn comes, so that no copies wait. */
export interface Task {
  /** Of its picture. */
  readonly pixels: number
  readonly job: () => FillJob
  readonly progress: (fraction: number) => void
  readonly done: (image: RgbaImage) => void
  readonly failed: (error: AppErrorData) => void
}

/** So many are worked on at once, unless one task alone is larger: each takes some 11 times its RGBA bytes. */
const MOST_PIXELS = 24_000_000

interface Busy {
  readonly task: Task
  readonly worker: EngineWorker
  heard: boolean
}

/** Tasks of all runs, in turn, in as many workers as the machine has cores. */
export class TaskPool {
  private readonly startWorker: () => EngineWorker
  private readonly most: number
  private size: number
  private waiting: Task[] = []
  private busy: Busy[] = []

  constructor(startWorker: () => EngineWorker, size: number) {
    this.startWorker = startWorker
    this.most = Math.max(1, size)
    this.size = this.most
  }

  add(tasks: readonly Task[]): void {
    // Whatever stood in the way of more workers may be gone.
    if (this.busy.length === 0) this.size = this.most
    this.waiting.push(...tasks)
    this.next()
  }

  /** Ends tasks at once, wherever they are. */
  drop(tasks: readonly Task[]): void {
    const dropped = new Set(tasks)
    this.waiting = this.waiting.filter((task) => !dropped.has(task))
    for (const { task, worker } of this.busy) if (dropped.has(task)) worker.terminate()
    this.busy = this.busy.filter(({ task }) => !dropped.has(task))
    this.next()
  }

  private next(): void {
    while (this.busy.length < this.size && this.waiting.length > 0) {
      const inFlight = this.busy.reduce((sum, { task }) => sum + task.pixels, 0)
      const [task] = this.waiting
      if (this.busy.length > 0 && inFlight + task.pixels > MOST_PIXELS) return
      this.waiting.shift()
      this.start(task)
    }
  }

  private start(task: Task): void {
    let job: FillJob
    try {
      job = task.job()
    } catch (error) {
      task.failed(errorData(error))
      return
    }
    const worker = this.startWorker()
    const busy: Busy = { task, worker, heard: false }
    this.busy.push(busy)
    worker.onEvent = (event) => this.take(busy, event)
    worker.onCrash = (message) => this.crashed(busy, message)
    worker.start(job)
  }

  private take(busy: Busy, event: FillEvent): void {
    if (!this.busy.includes(busy)) return
    busy.heard = true
    const { task, worker } = busy
    if (event.kind === 'progress') {
      task.progress(event.fraction)
      return
    }
    this.busy = this.busy.filter((other) => other !== busy)
    worker.release()
    try {
      if (event.kind === 'done') task.done(event.image)
      else task.failed(event.error)
    } catch (error) {
      task.failed(errorData(error))
    }
    this.next()
  }

  private crashed(busy: Busy, message: string): void {
    if (!this.busy.includes(busy)) return
    this.busy = this.busy.filter((other) => other !== busy)
    busy.worker.terminate()
    if (!busy.heard && this.busy.length > 0) {
      // One more worker could not be had (no network for its script, no memory): those that run do its work.
      this.size = this.busy.length
      this.waiting.unshift(busy.task)
    } else busy.task.failed(new AppError('engine/crashed', { detail: message }).data)
    this.next()
  }
}
