import { type Answer, BROKEN, json } from './brokenAnswers.testkit'
import type { Scenario } from './fakeMount.testkit'
import { faultsAt, LONG_CHARS, type Row } from './fault.testkit'

const first = (answer: Answer): Pick<Scenario, 'onGet'> => ({
  onGet: (call, number) => {
    if (number > 0) return false
    answer(call)
    return true
  },
})
const statuses = (...list: string[]) => ({ statuses: list })
const fields = (make: (poll: number) => Record<string, unknown>) => ({
  statuses: ['processing', 'succeeded'],
  fields: (poll: number) => (poll === 0 ? make(poll) : {}),
})
const failing = (error: unknown) => ({ statuses: ['failed'], fields: () => ({ error }) })
const SLOW_LOGS = `${' '.repeat(20_000)}1%|${'#'.repeat(40_000)}|`

/** Answers to a poll. */
export const GET_FAULTS = faultsAt('get', [
  ...BROKEN.map(([name, answer]): Row => [name, first(answer), 'done']),
  ['8 MB of logs', fields(() => ({ logs: 'line\n'.repeat(1_600_000) })), 'done', undefined],
  [
    '10,000 outputs',
    {
      statuses: ['succeeded'],
      output: (urls: string[]) => Array.from({ length: 10_000 }, () => urls[0]),
    },
    'done',
    '10000 outputs',
  ],
  ['an unknown status', statuses('warming_up', 'succeeded'), 'done', undefined],
  ['a missing status', fields(() => ({ status: undefined })), 'done', undefined],
  ['a number as status', fields(() => ({ status: 7 })), 'done', undefined],
  [
    'a status that goes back',
    statuses('processing', 'starting', 'processing', 'succeeded'),
    'done',
    undefined,
  ],
  ['an id that changes', fields(() => ({ id: 'another' })), 'done', undefined],
  ['429 with a time', first(json({}, 429, { 'retry-after': '1' })), 'done', undefined],
  ['503 with nonsense as time', first(json({}, 503, { 'retry-after': 'never' })), 'done', undefined],
  [
    'an answer that takes a second',
    first((call) => {
      setTimeout(() => call.drop(), 1000)
    }),
    'done',
    undefined,
  ],
  ['an error of a megabyte', failing('x'.repeat(1_000_000)), 'refused', 'x'.repeat(LONG_CHARS)],
  ['an error that is an object', failing({ message: 'CUDA out of memory' }), 'refused', 'CUDA out of memory'],
  ['an error that is null', failing(null), 'refused', 'failed'],
  ['what is not safe for work', statuses('failed'), 'refused', 'NSFW content detected'],
  ['an aborted run', statuses('aborted'), 'refused', 'aborted the run before it started'],
  [
    'outputs that are deleted',
    { statuses: ['succeeded'], output: () => null, fields: () => ({ data_removed: true }) },
    'refused',
    'deleted the outputs',
  ],
  [
    'no way to ask',
    { onGet: (call) => (call.json(405, { detail: 'Method Not Allowed' }), true) },
    'refused',
    'does not report on it',
  ],
  ['logs that stall a regular expression', fields(() => ({ logs: SLOW_LOGS })), 'done', undefined],
])
