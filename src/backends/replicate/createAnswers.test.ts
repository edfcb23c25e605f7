import { describe, expect, it } from 'vitest'
import { AppError } from '../../core/errors'
import { contractInput, untilOver } from '../backendContract.testkit'
import type { Scenario } from './fakeMount.testkit'
import { startedReplicate } from './startedReplicate.testkit'
import { backendFor } from './replicateBackend.testkit'

const fake = startedReplicate()

const never = new AbortController().signal

describe('create answers', () => {
  const cases: [string, Scenario['onCreate'], string, boolean][] = [
    ['a wrong token', (call) => (call.json(401, { detail: 'no' }), true), 'backend/unauthorized', false],
    ['no credit', (call) => (call.json(402, { detail: 'pay' }), true), 'backend/payment', false],
    ['an unknown path', (call) => (call.json(404, { detail: 'no' }), true), 'backend/not-found', false],
    ['too much', (call) => (call.text(413, 'too large'), true), 'backend/input-too-large', false],
    [
      'bad input',
      (call) => (call.json(422, { detail: '- input.seed: no' }), true),
      'backend/invalid-input',
      false,
    ],
    ['a limit', (call) => (call.json(429, { detail: 'resets in ~3s' }), true), 'backend/rate-limited', false],
    [
      'unavailable for a while',
      (call) => (call.json(503, {}, { 'retry-after': '2' }), true),
      'backend/server-error',
      false,
    ],
    [
      'unavailable, who knows how long',
      (call) => (call.json(503, { detail: 'back in ~3s' }), true),
      'backend/server-error',
      true,
    ],
    [
      'a server error',
      (call) => (call.text(500, '<html><body>oops</body></html>'), true),
      'backend/server-error',
      true,
    ],
    ['HTML', (call) => (call.text(200, '<html><body>hello</body></html>'), true), 'backend/not-json', true],
    ['nothing', (call) => (call.json(200, {}), true), 'backend/no-id', true],
    ['an object as id', (call) => (call.json(200, { id: {} }), true), 'backend/no-id', true],
    [
      'a number as id',
      (call) => (call.json(201, { id: 7, status: 'starting' }), true),
      'backend/no-id',
      false,
    ],
    [
      'a path as id',
      (call) => (call.json(201, { id: '../x', status: 'starting' }), true),
      'backend/no-id',
      false,
    ],
    ['a dropped connection', (call) => (call.drop(), true), 'backend/unreachable', true],
  ]
  it.each(cases)('%s', async (_name, onCreate, code, unclear) => {
    const api = fake.mount(onCreate ? { onCreate } : {})
    const error = await backendFor(api)
      .create(contractInput(1), never)
      .then(
        () => null,
        (reason: unknown) => reason,
      )
    if (!(error instanceof AppError)) throw new Error('an AppError was expected')
    expect(error.code).toBe(code)
    expect('unclear' in error.data.params).toBe(unclear)
    expect(api.creates()).toHaveLength(1)
  })

  it('a redirect is not followed: nothing reaches the other origin', async () => {
    const other = fake.mount()
    const api = fake.mount({
      onCreate: (call) => (call.text(307, '', { location: `${other.base}/predictions` }), true),
    })
    await expect(backendFor(api, 'secret').create(contractInput(1), never)).rejects.toBeInstanceOf(AppError)
    expect(other.seen).toHaveLength(0)
  })

  it('one that is already over is not asked about', async () => {
    const api = fake.mount({ sync: true })
    const backend = backendFor(api)
    const seen = await untilOver(backend, await backend.create(contractInput(1), never))
    expect(seen).toHaveLength(1)
    expect(seen[0]).toMatchObject({ status: 'succeeded', seeds: [4242] })
  })
})
