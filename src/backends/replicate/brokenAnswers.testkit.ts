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
const bomb: Answer = raw(gzipSync(Buffer.alloc(200 * 2 ** 20, 48)), 200, { 'content-encoding': 'gzip' })
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
export const BROKEN: readonly (readonly [id: string, name: string, answer: Answer])[] = [
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
