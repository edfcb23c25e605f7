import { describe, expect, it } from 'vitest'
import { AppError, errorData, UNCLEAR } from '../../core/errors'
import { next, startRun } from '../../core/run/runMachine'
import type { RunEvent } from '../../core/run/runState'
import { contractInput, FIELDS, ON_NODE } from '../backendContract.testkit'
import { BROKEN, raw } from './brokenAnswers.testkit'
import type { Mounted } from './fakeMount.testkit'
import { startedReplicate } from './startedReplicate.testkit'
import { CreateRoutes } from './createRoute'
import { ReplicateBackend } from './replicateBackend'

const fake = startedReplicate()

const never = new AbortController().signal
const backendFor = ({ base }: Mounted) =>
  new ReplicateBackend({
    ...ON_NODE,
    base,
    version: 'v123',
    fields: FIELDS,
    waitSeconds: null,
    routes: new CreateRoutes(),
  })

async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => null,
    (cause: unknown) => cause,
  )
  if (!(error instanceof AppError)) throw new Error('no AppError', { cause: error })
  return error
}

/** Each of these is an answer of a server, or a connection, that cannot be understood. */
describe('a broken answer', () => {
  it.each(BROKEN)('%s: to create, the run may have been made', async (_name, answer) => {
    const api = fake.mount({ freshConnection: true, onCreate: (call) => (answer(call), true) })
    const { data } = await errorOf(backendFor(api).create(contractInput(1), never))
    // An id that cannot be asked for is an answer all the same: looking for the run would be in vain.
    if (data.code !== 'backend/no-id' || !('id' in data.params)) expect(data.params[UNCLEAR]).toBe(1)
    expect(api.creates()).toHaveLength(1)
  })

  it.each([400, 500])(
    'of fifty thousand levels with status %i is an error like any other',
    async (status) => {
      for (const [open, close] of [
        ['[', ']'],
        ['{"error":', '}'],
      ] as const) {
        const body = `${open.repeat(50_000)}1${close.repeat(50_000)}`
        const api = fake.mount({ onCreate: (call) => (raw(body, status)(call), true) })
        const error = await errorOf(backendFor(api).create(contractInput(1), never))
        expect(error.code).toBe(status === 400 ? 'backend/rejected' : 'backend/server-error')
      }
    },
  )

  it.each(BROKEN)('%s: to a poll, the run is followed on', async (_name, answer) => {
    const api = fake.mount({
      freshConnection: true,
      statuses: ['processing'],
      onGet: (call, number) => number === 0 && (answer(call), true),
    })
    const backend = backendFor(api)
    const prediction = await backend.create(contractInput(1), never)
    const started = startRun({ resume: true, offline: false, find: true, pollMs: [500, 5000] }, 0).run
    const followed = next(next(started, { kind: 'sent' }, 0).run, { kind: 'answered', prediction }, 0).run
    const asking = next(followed, { kind: 'wake' }, 100).run
    // An answer without a status says that the run goes on.
    const event = await backend.get(prediction.id, never).then(
      (polled): RunEvent => ({ kind: 'polled', prediction: polled }),
      (cause: unknown): RunEvent => ({ kind: 'pollFailed', error: errorData(cause) }),
    )
    const { run } = next(asking, event, 200)
    expect(run).toMatchObject({ stage: 'following', requests: [] })
    expect(run.timers.poll).toBeGreaterThan(200)
    expect(await backend.get(prediction.id, never)).toMatchObject({ status: 'processing' })
  })
})
