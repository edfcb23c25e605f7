import { gzipSync } from 'node:zlib'
import type { Call, Scenario } from './fakeReplicate.testkit'

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
  /** Words that the page says. */
  readonly says?: string | RegExp
  readonly scenario: Scenario
}

type Answer = (call: Call) => void

const HTML = '<!doctype html><html><body><h1>Bad gateway</h1><script>alert(1)</script></body></html>'
const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
const raw =
  (body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): Answer =>
  (call) => {
    call.response
      .writeHead(status, { 'content-type': 'application/json', ...call.headers, ...headers })
      .end(body)
  }
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (call) =>
    call.json(status, body, headers)

/** A body of so many megabytes of zeros that is a few kB on the wire. */
const bomb: Answer = raw(gzipSync(Buffer.alloc(200 * 2 ** 20, 48)), 200, { 'content-encoding': 'gzip' })
const huge: Answer = (call) => {
  call.response.writeHead(200, { 'content-type': 'application/json', ...call.headers })
  const piece = Buffer.alloc(2 ** 20, 32)
  const more = () => {
    while (!call.response.destroyed && call.response.write(piece));
    if (!call.response.destroyed) call.response.once('drain', more)
  }
  more()
}
const halfHeaders: Answer = ({ request }) => {
  request.socket.write('HTTP/1.1 200 OK\r\ncontent-ty')
  request.socket.destroy()
}
const halfBody: Answer = (call) => {
  call.response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': '900',
    ...call.headers,
  })
  call.response.write('{"id":"p1abcdefg')
  setTimeout(() => call.response.destroy(), 20)
}
const reset: Answer = ({ request }) => {
  request.socket.resetAndDestroy()
}

/** Every shape that an answer must not have, by name. */
const BROKEN: readonly (readonly [id: string, name: string, answer: Answer])[] = [
  ['B1', 'HTML', (call) => call.text(200, HTML)],
  ['B1', 'an empty object', json({})],
  ['B1', 'null', json(null)],
  ['B1', 'an empty list', json([])],
  ['B1', 'NaN', raw('NaN')],
  ['B1', 'no bytes at all', raw('')],
  ['B1', 'bad UTF-8', raw(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))],
  ['B1', 'fifty thousand levels', raw(DEEP)],
  ['B1', 'a truncated object', raw('{"id":"p1abc","status":"star')],
  ['B1', 'fields of the wrong type', json({ id: {}, status: [], output: 7, logs: {}, error: 3, urls: null })],
  ['B2', 'JSON without end', huge],
  ['B2', 'a compressed bomb', bomb],
  ['B4', '500 with HTML', (call) => call.text(500, HTML)],
  ['B4', '502', json({ error: 'upstream' }, 502)],
  ['B5', 'half of the headers', halfHeaders],
  ['B5', 'half of the body', halfBody],
  ['B5', 'a reset', reset],
  ['B5', 'a dropped connection', (call) => call.drop()],
]

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

/** No list to find a run in, and each request on a connection of its own: a browser repeats what a used one drops. */
const ALONE = { list: false, freshConnection: true, statuses: ['processing', 'succeeded'] } as const

const CREATE_FAULTS: readonly Fault[] = [
  ...BROKEN.map(([id, name, answer]): Fault => ({
    id,
    name,
    at: 'create',
    outcome: 'asked',
    scenario: { ...ALONE, ...create(answer) },
  })),
  ...(
    [
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
    ] as const
  ).map(([id, name, scenario, outcome, says]): Fault => ({
    id,
    name,
    at: 'create',
    outcome,
    scenario: { ...ALONE, ...scenario },
    ...(says ? { says } : {}),
  })),
]

const statuses = (...list: string[]) => ({ statuses: list })
const fields = (make: (look: number) => Record<string, unknown>) => ({
  statuses: ['processing', 'succeeded'],
  fields: (look: number) => (look === 0 ? make(look) : {}),
})
const failing = (error: unknown) => ({ statuses: ['failed'], fields: () => ({ error }) })
const SLOW_LOGS = `${' '.repeat(20_000)}1%|${'#'.repeat(40_000)}|`

const GET_FAULTS: readonly Fault[] = [
  ...BROKEN.map(([id, name, answer]): Fault => ({
    id,
    name,
    at: 'get',
    outcome: 'done',
    scenario: { ...ALONE, ...first(answer) },
  })),
  ...(
    [
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
      [
        'B4',
        '503 with nonsense as time',
        first(json({}, 503, { 'retry-after': 'never' })),
        'done',
        undefined,
      ],
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
    ] as const
  ).map(([id, name, scenario, outcome, says]): Fault => ({
    id,
    name,
    at: 'get',
    outcome,
    scenario: { ...ALONE, ...scenario },
    ...(says ? { says } : {}),
  })),
]

const instead = (answer: (call: Call, png: Uint8Array) => void): Pick<Scenario, 'onOutput'> => ({
  onOutput: (call, png) => {
    answer(call, png)
    return true
  },
})
const address = (text: string) => ({ output: () => [text] })
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').toString('base64')

const OUTPUT_FAULTS: readonly Fault[] = (
  [
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
      instead((call, png) =>
        raw(png.subarray(0, png.length / 2), 200, { 'content-type': 'image/png' })(call),
      ),
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
  ] as const
).map(([id, name, scenario, outcome, says]): Fault => ({
  id,
  name,
  at: 'output',
  outcome,
  scenario: { ...ALONE, ...scenario },
  ...(says ? { says } : {}),
}))

export const FAULTS: readonly Fault[] = [...CREATE_FAULTS, ...GET_FAULTS, ...OUTPUT_FAULTS]
