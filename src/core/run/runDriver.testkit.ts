import { AppError, type ErrorCode } from '../errors'
import type { Prediction, PredictionStatus } from '../prediction/prediction'
import { next, startRun } from './runMachine'
import type { RunEffect, RunEvent, RunPolicy, RunState, TimerName } from './runState'

export const POLICY: RunPolicy = { resume: true, offline: false, find: true, pollMs: [500, 5000] }

export function prediction(status: PredictionStatus, change: Partial<Prediction> = {}): Prediction {
  return {
    id: 'p1',
    status,
    outputs: status === 'succeeded' ? [{ kind: 'url', url: 'https://a.example/1.png' }] : [],
    error: null,
    logs: '',
    progress: null,
    seeds: [],
    rawStatus: null,
    predictSeconds: null,
    ...change,
  }
}

export const failure = (code: ErrorCode, params: Record<string, number> = {}) =>
  new AppError(code, { params }).data

/** Drives a run: events at a time of its own, due timers fired in their order. */
export class Driver {
  run: RunState
  now = 1000
  readonly effects: RunEffect[] = []
  readonly journal: (readonly [event: RunEvent, now: number])[] = []
  readonly first: RunState

  constructor(start = startRun(POLICY, 1000)) {
    this.run = start.run
    this.first = start.run
    this.effects.push(...start.effects)
  }

  send(event: RunEvent): this {
    this.journal.push([event, this.now])
    const { run, effects } = next(this.run, event, this.now)
    this.run = run
    this.effects.push(...effects)
    return this
  }

  /** Lets time pass and fires what falls due. */
  pass(ms: number): this {
    const until = this.now + ms
    for (;;) {
      const due = (Object.entries(this.run.timers) as [TimerName, number][])
        .filter(([, at]) => at <= until)
        .toSorted((a, b) => a[1] - b[1])[0]
      if (!due) break
      this.now = Math.max(this.now, due[1])
      this.send({ kind: 'timer', name: due[0] })
    }
    this.now = until
    return this
  }

  count(kind: RunEffect['kind']): number {
    return this.effects.filter((effect) => effect.kind === kind).length
  }

  has(code: string): boolean {
    return this.effects.some((effect) => effect.kind === 'notify' && effect.code === code)
  }
}

export const following = () =>
  new Driver().send({ kind: 'sent' }).send({ kind: 'answered', prediction: prediction('starting') })
