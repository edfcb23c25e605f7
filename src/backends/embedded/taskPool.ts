import type { EngineAnswer } from '../../engine/fillEngine'
import { type AppErrorData, type ErrorCode, errorData } from '../../core/errors'
import type { FillJob } from './engineApi'
import type { EngineWorker } from './engineWorkerClient'

/** One picture to fill. `job` copies its pixels, in several tasks, so it is called only when a worker is free. */
export interface Task {
  /** The size of its picture, px. */
  readonly pixels: number
  readonly job: () => Promise<FillJob>
  readonly progress: (fraction: number) => void
  readonly done: (part: EngineAnswer) => void
  readonly failed: (error: AppErrorData) => void
}

/** Pixels worked on at once, unless one task alone is larger: each task takes some 11 times its RGBA bytes. */
const MAX_PIXELS = 24_000_000

/** A worker that failed, or whose script did not come. */
const ENDED: ReadonlySet<ErrorCode> = new Set(['engine/crashed', 'page/part-missing'])

interface Busy {
  readonly task: Task
  readonly worker: EngineWorker
  /** True once the worker has reported progress: its script is loaded and runs. */
  heard: boolean
}

/** Runs the tasks of all runs in order, in at most `size` workers. */
export class TaskPool {
  private readonly startWorker: () => EngineWorker
  private readonly maxSize: number
  private size: number
  private waiting: Task[] = []
  private busy: Busy[] = []

  constructor(startWorker: () => EngineWorker, size: number) {
    this.startWorker = startWorker
    this.maxSize = Math.max(1, size)
    this.size = this.maxSize
  }

  add(tasks: readonly Task[]): void {
    // What kept another worker from starting may be gone.
    if (this.busy.length === 0) this.size = this.maxSize
    this.waiting.push(...tasks)
    this.next()
  }

  /** Ends tasks at once, whether they wait or run. */
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
      if (this.busy.length > 0 && inFlight + task.pixels > MAX_PIXELS) return
      this.waiting.shift()
      this.start(task)
    }
  }

  private start(task: Task): void {
    const busy: Busy = { task, worker: this.startWorker(), heard: false }
    this.busy.push(busy)
    void this.run(busy)
  }

  private async run(busy: Busy): Promise<void> {
    const { task, worker } = busy
    // Progress of a dropped or finished task is ignored.
    const report = (fraction: number) => {
      if (!this.busy.includes(busy)) return
      busy.heard = true
      task.progress(fraction)
    }
    try {
      const job = await task.job()
      if (!this.busy.includes(busy)) return
      const part = await worker.fill(job, report)
      this.finish(busy, () => task.done(part))
    } catch (error) {
      const data = errorData(error)
      if (ENDED.has(data.code)) this.crashed(busy, data)
      else this.finish(busy, () => task.failed(data))
    }
  }

  private finish(busy: Busy, report: () => void): void {
    if (!this.remove(busy)) return
    busy.worker.release()
    try {
      report()
    } catch (error) {
      busy.task.failed(errorData(error))
    }
    this.next()
  }

  private crashed(busy: Busy, error: AppErrorData): void {
    if (!this.remove(busy)) return
    busy.worker.terminate()
    if (!busy.heard && this.busy.length > 0) {
      // Another worker could not be started (no network for its script, no memory): the running ones do its work.
      this.size = this.busy.length
      this.waiting.unshift(busy.task)
    } else busy.task.failed(error)
    this.next()
  }

  /** @returns false where the task was dropped */
  private remove(busy: Busy): boolean {
    if (!this.busy.includes(busy)) return false
    this.busy = this.busy.filter((other) => other !== busy)
    return true
  }
}
