import { startEngineWorker } from './engineWorkerClient'
import { MAX_OUTPUTS } from './outputSeeds'
import { TaskPool } from './taskPool'

let pagePool: TaskPool | null = null

/** One pool for all runs of the page: as many fills at once as there are cores, but no more than a run has outputs. */
export function sharedPool(): TaskPool {
  pagePool ??= new TaskPool(startEngineWorker, Math.min(MAX_OUTPUTS, navigator.hardwareConcurrency))
  return pagePool
}
