// @ts-check
// A static server that compresses, as a web server on the Internet would; vite preview does not.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
}
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.wasm'])

/**
 * Serves a folder on this machine.
 * @param {string} folder
 * @param {number} [port] a free one without it
 * @returns {Promise<{ address: string, reset: () => void, sentBytes: () => number, close: () => void }>} `sentBytes`:
 *   bodies and headers since `reset`
 */
export async function serveGzipped(folder, port = 0) {
  /** @type {Map<string, Buffer>} */
  const packed = new Map()
  let sent = 0
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'))
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path)
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    const type = extname(file)
    const isCompressed = COMPRESSED.has(type)
    const body = packed.get(file) ?? (isCompressed ? gzipSync(readFileSync(file)) : readFileSync(file))
    packed.set(file, body)
    response.writeHead(200, {
      'content-type': TYPES[type] ?? 'application/octet-stream',
      'content-length': body.length,
      'cache-control': 'no-cache',
      ...(isCompressed && { 'content-encoding': 'gzip' }),
    })
    const { socket } = response
    const before = socket?.bytesWritten ?? 0
    response.end(body, () => {
      sent += (socket?.bytesWritten ?? before) - before
    })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(null)))
  const own = /** @type {import('node:net').AddressInfo} */ (server.address())
  return {
    address: `http://127.0.0.1:${own.port}/`,
    reset: () => (sent = 0),
    sentBytes: () => sent,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
