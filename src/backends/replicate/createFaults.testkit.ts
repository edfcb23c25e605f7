import { type Answer, BROKEN, HTML, json } from './brokenAnswers.testkit'
import type { Scenario } from './fakeMount.testkit'
import { faultsAt, LONG_CHARS, type Row } from './fault.testkit'

const create = (answer: Answer): Pick<Scenario, 'onCreate'> => ({
  onCreate: (call) => {
    answer(call)
    return true
  },
})
const onceRefused = (answer: Answer): Pick<Scenario, 'onCreate'> => ({
  onCreate: (call, number) => {
    if (number > 0) return false
    answer(call)
    return true
  },
})

/** Answers to create. */
export const CREATE_FAULTS = faultsAt('create', [
  ...BROKEN.map(([name, answer]): Row => [name, create(answer), 'asked']),
  [
    '429 with a time',
    onceRefused(json({ detail: 'slow down' }, 429, { 'retry-after': '1' })),
    'done',
    undefined,
    2,
  ],
  [
    '503 with a time',
    onceRefused(json({ detail: 'full' }, 503, { 'retry-after': '1' })),
    'done',
    undefined,
    2,
  ],
  [
    '429 with nonsense as time',
    create(json({ detail: 'slow down' }, 429, { 'retry-after': 'soon' })),
    'refused',
    'no more requests',
  ],
  [
    '429 twice',
    create(json({ detail: 'slow down' }, 429, { 'retry-after': '1' })),
    'refused',
    'no more requests',
    2,
  ],
  [
    'an error of a megabyte',
    create(json({ detail: 'x'.repeat(1_000_000) }, 400)),
    'refused',
    'x'.repeat(LONG_CHARS),
  ],
  [
    'an error that is an object',
    create(json({ error: { message: 'no such model' } }, 400)),
    'refused',
    'no such model',
  ],
  ['an error that is null', create(json({ detail: null }, 400)), 'refused', 'refused'],
  ['an error in HTML', create((call) => call.text(403, HTML)), 'refused', 'Bad gateway'],
  [
    'another token',
    { token: 'another' },
    'refused',
    /does not accept the API token[^]*valid authentication token/,
  ],
  [
    'no credit',
    create(json({ detail: 'You have insufficient credit' }, 402)),
    'refused',
    /no credit left[^]*insufficient credit/,
  ],
  [
    'an unknown version',
    create(json({ detail: 'could not be found' }, 404)),
    'refused',
    'does not know this address or model version',
    // At the common path, then at the model's own: neither exists, so neither starts a run.
    2,
  ],
  [
    'too large a request',
    create((call) => call.text(413, 'too large')),
    'refused',
    'too large for this backend',
  ],
  ['no CORS', { cors: false }, 'asked', /cannot be reached[^]*CORS/, 0],
])
