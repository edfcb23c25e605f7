import { gzipSync } from 'node:zlib'
import type { Call } from './fakeMount.testkit'

/** Invalid answers. */
export type Answer = (call: Call) => void

export const HTML = '<!doctype html><html><body><h1>Bad gateway</h1><script>alert(1)</script></body></html>'
const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
export const raw =
  (body: string | Uint8Array, status = 200, headers: Record<string, string> = {}): Answer =>
  (call) => {
    call.response
      .writeHead(status, { 'content-type': 'application/json', ...call.headers, ...headers })
      .end(body)
  }
export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (call) =>
    call.json(status, body, headers)

/** Megabytes of zeros in a few kB on the wire. */
const bomb: Answer = (call) =>
  raw((packed ??= gzipSync(Buffer.alloc(200 * 2 ** 20, 48))), 200, { 'content-encoding': 'gzip' })(call)
/** Packing them takes a second. */
let packed: Uint8Array | null = null
export const huge: Answer = (call) => {
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

/** Every invalid answer, by name. */
export const BROKEN: readonly (readonly [name: string, answer: Answer])[] = [
  ['HTML', (call) => call.text(200, HTML)],
  ['an empty object', json({})],
  ['null', json(null)],
  ['an empty list', json([])],
  ['NaN', raw('NaN')],
  ['no bytes at all', raw('')],
  ['bad UTF-8', raw(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d))],
  ['fifty thousand levels', raw(DEEP)],
  ['a truncated object', raw('{"id":"p1abc","status":"star')],
  ['fields of the wrong type', json({ id: {}, status: [], output: 7, logs: {}, error: 3, urls: null })],
  ['JSON without end', huge],
  ['a compressed bomb', bomb],
  ['500 with HTML', (call) => call.text(500, HTML)],
  ['502', json({ error: 'upstream' }, 502)],
  ['half of the headers', halfHeaders],
  ['half of the body', halfBody],
  ['a reset', reset],
  ['a dropped connection', (call) => call.drop()],
]
