import { setTimeout } from 'node:timers/promises'
import { ENGINES } from '../../engine/engineRegistry'
import type { EngineWorker } from './engineWorkerClient'
import { TaskPool } from './taskPool'

/** The fields that contract inputs have. */
export const FIELDS = {
  model: null,
  image: 'image',
  mask: 'mask',
  polarity: 'white' as const,
  count: 'num_outputs',
  seed: 'seed',
  hasRequired: true,
  streams: false,
}

/** The engine in this thread, as asynchronous as a worker; no answer after terminate. */
export function inlineWorker(): EngineWorker {
  let ended = false
  return {
    async fill(job, onProgress) {
      await setTimeout(10)
      if (ended) return new Promise(() => {})
      const part = await ENGINES[0].engine.runPart(job, onProgress)
      await setTimeout(5)
      return ended ? new Promise(() => {}) : part
    },
    terminate: () => {
      ended = true
    },
    release: () => {},
  }
}

export const inlinePool = () => new TaskPool(inlineWorker, 2)
