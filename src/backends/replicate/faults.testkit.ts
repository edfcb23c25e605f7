import { type Answer, BROKEN, HTML, huge, json, raw } from './brokenAnswers.testkit'
import type { Call, Scenario } from './fakeMount.testkit'

/** What a user sees of a fault. */
export type Outcome =
  /** The run ends with outputs. */
  | 'done'
  /** The page asks what became of the run. */
  | 'asked'
  /** The run failed, and a message names it. */
  | 'refused'
  /** The run is kept, its output could not be read. */
  | 'unread'

/** One fault of docs/limits.md, alone. */
export interface Fault {
  /** As the table of faults numbers it. */
  readonly id: string
  readonly name: string
  readonly at: 'create' | 'get' | 'output'
  readonly outcome: Outcome
  /** Words that the page shows. */
  readonly says?: string | RegExp
  readonly scenario: Scenario
}

/** No list to find a run in, and each request on a connection of its own: a browser repeats what a used one drops. */
const ALONE = { list: false, freshConnection: true, statuses: ['processing', 'succeeded'] } as const

type Row = readonly [
  id: string,
  name: string,
  scenario: Scenario,
  outcome: Outcome,
  says?: string | RegExp | undefined,
]

function faultsAt(at: Fault['at'], rows: readonly Row[]): Fault[] {
  return rows.map(([id, name, scenario, outcome, says]) => {
    // Outputs are the same whether a poll or the answer to create tells of them.
    const sync = at === 'output'
    const fault = { id, name, at, outcome, scenario: Object.assign({ sync }, ALONE, scenario) }
    return says === undefined ? fault : Object.assign(fault, { says })
  })
}

const first = (answer: Answer): Pick<Scenario, 'onGet'> => ({
  onGet: (call, number) => {
    if (number > 0) return false
    answer(call)
    return true
  },
})
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

const CREATE_FAULTS = faultsAt('create', [
  ...BROKEN.map(([id, name, answer]): Row => [id, name, create(answer), 'asked']),
  [
    'B4',
    '429 with a time',
    onceRefused(json({ detail: 'slow down' }, 429, { 'retry-after': '1' })),
    'done',
    undefined,
  ],
  [
    'B4',
    '503 with a time',
    onceRefused(json({ detail: 'full' }, 503, { 'retry-after': '1' })),
    'done',
    undefined,
  ],
  [
    'B4',
    '429 with nonsense as time',
    create(json({ detail: 'slow down' }, 429, { 'retry-after': 'soon' })),
    'refused',
    'no more requests',
  ],
  [
    'B4',
    '429 twice',
    create(json({ detail: 'slow down' }, 429, { 'retry-after': '1' })),
    'refused',
    'no more requests',
  ],
  [
    'B12',
    'an error of a megabyte',
    create(json({ detail: 'x'.repeat(1_000_000) }, 400)),
    'refused',
    'Show all',
  ],
  [
    'B12',
    'an error that is an object',
    create(json({ error: { message: 'no such model' } }, 400)),
    'refused',
    'no such model',
  ],
  ['B12', 'an error that is null', create(json({ detail: null }, 400)), 'refused', 'refused'],
  ['X1', 'an error in HTML', create((call) => call.text(403, HTML)), 'refused', 'Bad gateway'],
])

const statuses = (...list: string[]) => ({ statuses: list })
const fields = (make: (poll: number) => Record<string, unknown>) => ({
  statuses: ['processing', 'succeeded'],
  fields: (poll: number) => (poll === 0 ? make(poll) : {}),
})
const failing = (error: unknown) => ({ statuses: ['failed'], fields: () => ({ error }) })
const SLOW_LOGS = `${' '.repeat(20_000)}1%|${'#'.repeat(40_000)}|`

const GET_FAULTS = faultsAt('get', [
  ...BROKEN.map(([id, name, answer]): Row => [id, name, first(answer), 'done']),
  ['B2', '8 MB of logs', fields(() => ({ logs: 'line\n'.repeat(1_600_000) })), 'done', undefined],
  [
    'B2',
    '10,000 outputs',
    {
      statuses: ['succeeded'],
      output: (urls: string[]) => Array.from({ length: 10_000 }, () => urls[0]),
    },
    'done',
    '10000 outputs',
  ],
  ['B3', 'an unknown status', statuses('warming_up', 'succeeded'), 'done', undefined],
  ['B3', 'a missing status', fields(() => ({ status: undefined })), 'done', undefined],
  ['B3', 'a number as status', fields(() => ({ status: 7 })), 'done', undefined],
  [
    'B3',
    'a status that goes back',
    statuses('processing', 'starting', 'processing', 'succeeded'),
    'done',
    undefined,
  ],
  ['B3', 'an id that changes', fields(() => ({ id: 'another' })), 'done', undefined],
  ['B4', '429 with a time', first(json({}, 429, { 'retry-after': '1' })), 'done', undefined],
  ['B4', '503 with nonsense as time', first(json({}, 503, { 'retry-after': 'never' })), 'done', undefined],
  [
    'B5',
    'an answer that takes a second',
    first((call) => {
      setTimeout(() => call.drop(), 1000)
    }),
    'done',
    undefined,
  ],
  ['B12', 'an error of a megabyte', failing('x'.repeat(1_000_000)), 'refused', 'Show all'],
  [
    'B12',
    'an error that is an object',
    failing({ message: 'CUDA out of memory' }),
    'refused',
    'CUDA out of memory',
  ],
  ['B12', 'an error that is null', failing(null), 'refused', 'failed'],
  ['B12', 'what is not safe for work', statuses('failed'), 'refused', 'NSFW content detected'],
  ['B13', 'logs that stall a regular expression', fields(() => ({ logs: SLOW_LOGS })), 'done', undefined],
])

const instead = (answer: (call: Call, png: Uint8Array) => void): Pick<Scenario, 'onOutput'> => ({
  onOutput: (call, png) => {
    answer(call, png)
    return true
  },
})
const address = (text: string) => ({ output: () => [text] })
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64')

const OUTPUT_FAULTS = faultsAt('output', [
  ['B11', '404', instead((call) => call.text(404, 'gone')), 'unread', '404'],
  ['B11', '403, expired', instead((call) => call.text(403, 'expired')), 'unread', '403'],
  [
    'B11',
    'no CORS',
    instead(({ response }, png) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(png)
    }),
    'unread',
    'display only',
  ],
  ['B11', 'HTML', instead((call) => call.text(200, HTML)), 'refused', 'unsafe output'],
  [
    'B11',
    'half a picture',
    instead((call, png) => raw(png.subarray(0, png.length / 2), 200, { 'content-type': 'image/png' })(call)),
    'refused',
    /damaged|could not/,
  ],
  ['B11', 'another size', { outputSize: { width: 300, height: 200 } }, 'done', undefined],
  [
    'B11',
    'one that takes a second',
    instead((call, png) => {
      setTimeout(() => raw(png, 200, { 'content-type': 'image/png' })(call), 1000)
    }),
    'done',
    undefined,
  ],
  ['B2', 'a picture without end', instead(huge), 'unread', 'could not be read'],
  ['X2', 'javascript:', address('javascript:alert(1)'), 'refused', 'unsafe output'],
  ['X2', 'data:text/html', address('data:text/html,<script>alert(1)</script>'), 'refused', 'unsafe output'],
  ['X2', 'file:', address('file:///etc/passwd'), 'refused', 'unsafe output'],
  ['X2', 'an SVG', address(`data:image/svg+xml;base64,${svg}`), 'refused', 'unsafe output'],
  ['B12', 'no output at all', { output: () => [] }, 'refused', 'without an output'],
])

export const FAULTS: readonly Fault[] = [...CREATE_FAULTS, ...GET_FAULTS, ...OUTPUT_FAULTS]
