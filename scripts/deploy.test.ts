import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityHeaders } from '../src/server/securityPolicy'

// Runs the recipes of docs/deploy in Caddy and nginx.

const TOKEN = 'r8_only_on_the_server'
const MEGABYTE = 2 ** 20

interface Arrived {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly bytes: number
}

const arrived: Arrived[] = []
let upstream: Server
let folder: string
/** Ends the slow answer. */
let endSlow: () => unknown = () => {}

async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>((done) => socket.listen(0, '127.0.0.1', done))
  const { port } = socket.address() as AddressInfo
  await new Promise<void>((done) => socket.close(() => done()))
  return port
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pentimento-deploy-'))
  mkdirSync(join(folder, 'site/assets'), { recursive: true })
  writeFileSync(join(folder, 'site/index.html'), '<!doctype html><title>Pentimento</title>')
  writeFileSync(join(folder, 'site/sw.js'), '')
  writeFileSync(join(folder, 'site/assets/a-1234.js'), 'export {}')
  upstream = createServer((incoming, response) => {
    let bytes = 0
    incoming.on('data', (part: Buffer) => {
      bytes += part.length
    })
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      arrived.push({ method, url, headers, bytes })
      response.writeHead(201, {
        'content-type': 'application/json',
        'set-cookie': 'session=1',
        'access-control-allow-origin': '*',
      })
      const end = () => response.end('"status":"starting"}')
      response.write('{"id":"a",')
      // A server that buffers the answer would wait for its second piece, which waits for the first to arrive.
      if (url.endsWith('slow')) endSlow = end
      else end()
    })
  })
  await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', done))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await new Promise<void>((done) => upstream.close(() => done()))
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  /** Called with the first piece of the answer. */
  readonly onFirst?: () => void
}

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin', 'x-pentimento': '1' }
const JSON_TYPE = { 'content-type': 'application/json' }

/** Sends the path as written; fetch would normalize it. */
function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body, onFirst = () => {} }: Asked = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method,
      headers: { host: 'localhost', ...headers },
    })
    outgoing.on('response', (response) => {
      let text = ''
      response.once('data', onFirst)
      response.on('data', (part: Buffer) => {
        text += part.toString()
      })
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
        }),
      )
      response.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

function fill(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`../docs/deploy/${file}`, import.meta.url), 'utf8')
  return text.replace(/\$\{([A-Z_]+)\}/g, (_all, name: string) => values[name] ?? '')
}

const upstreamUrl = () => `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`

function startCaddy(port: number): ChildProcess {
  const config = new URL('../docs/deploy/Caddyfile', import.meta.url).pathname
  return spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', config], {
    stdio: 'pipe',
    env: {
      ...process.env,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      CADDY_GLOBAL: 'auto_https off',
      SITE_ADDRESS: `http://localhost:${port}`,
      SITE_ROOT: join(folder, 'site'),
      REPLICATE_UPSTREAM: upstreamUrl(),
      REPLICATE_API_TOKEN: TOKEN,
    },
  })
}

function startNginx(port: number): ChildProcess {
  const site = fill('nginx.conf', {
    LISTEN: `127.0.0.1:${port}`,
    SITE_NAME: 'localhost',
    SITE_ROOT: join(folder, 'site'),
    REPLICATE_UPSTREAM: upstreamUrl(),
    REPLICATE_API_TOKEN: TOKEN,
  })
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n')
  const config = `${folder}/nginx.conf`
  const types = 'types { text/html html; text/javascript js; }'
  writeFileSync(
    config,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${folder}/nginx.pid;
error_log stderr warn;
events {}
http { access_log off; ${types} ${paths} ${site} }`,
  )
  return spawn('nginx', ['-p', folder, '-c', config, '-g', 'daemon off;'], { stdio: 'pipe' })
}

const SERVERS = [
  ['Caddy', ['/usr/bin/caddy', '/usr/local/bin/caddy'], startCaddy],
  ['nginx', ['/usr/sbin/nginx', '/usr/local/bin/nginx'], startNginx],
] as const

for (const [name, binaries, start] of SERVERS) {
  describe.skipIf(!binaries.some((file) => existsSync(file)))(`the recipe for ${name}`, () => {
    let port = 0
    let server: ChildProcess
    let said = ''

    beforeAll(async () => {
      port = await freePort()
      server = start(port)
      server.stderr?.on('data', (part: Buffer) => {
        said += part.toString()
      })
      const isUp = () =>
        ask(port, '/').then(
          () => true,
          () => false,
        )
      for (let tries = 0; !(await isUp()); tries++) {
        if (tries > 100 || server.exitCode !== null) throw new Error(`${name} did not start: ${said}`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    })
    afterAll(async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill()
      await ended
    })

    it('says to the page that there is a key, and to nobody else', async () => {
      const answer = await ask(port, '/replicate/v1', { headers: SAME_ORIGIN })
      expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
        200,
        'application/json',
        'no-store',
      ])
      expect(JSON.parse(answer.text)).toMatchObject({ ready: true })
      expect((await ask(port, '/replicate/v1')).status).toBe(403)
      const other = { ...SAME_ORIGIN, 'sec-fetch-site': 'cross-site' }
      expect((await ask(port, '/replicate/v1', { headers: other })).status).toBe(403)
    })

    it('serves the page with the headers of the preview server', async () => {
      const page = await ask(port, '/')
      expect(page.status).toBe(200)
      expect(page.text).toContain('Pentimento')
      expect(page.headers).toMatchObject({ ...securityHeaders(), 'cache-control': 'no-cache' })
      expect((await ask(port, '/sw.js')).headers['cache-control']).toBe('no-cache')
      const script = await ask(port, '/assets/a-1234.js')
      expect(script.headers['cache-control']).toContain('immutable')
      expect((await ask(port, '/nothing')).status).toBe(404)
    })

    it('passes the predictions API on with the key, and nothing of the page or of the answer that must not go', async () => {
      const before = arrived.length
      const headers = { ...SAME_ORIGIN, cookie: 'a=1', origin: 'https://localhost', prefer: 'wait=3' }
      const created = await ask(port, '/replicate/v1/predictions', {
        method: 'POST',
        headers: { ...headers, ...JSON_TYPE, authorization: 'Bearer mine' },
        body: '{"input":{}}',
      })
      await ask(port, '/replicate/v1/predictions/abc-1', { headers })
      await ask(port, '/replicate/v1/predictions/abc-1/cancel', { method: 'POST', headers })
      await ask(port, '/replicate/v1/models/some/filler/versions/5', { headers })
      await ask(port, '/replicate/v1/files', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
        body: '--x--',
      })
      const seen = arrived.slice(before)
      expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST /v1/predictions',
        'GET /v1/predictions/abc-1',
        'POST /v1/predictions/abc-1/cancel',
        'GET /v1/models/some/filler/versions/5',
        'POST /v1/files',
      ])
      for (const one of seen) {
        expect(one.headers.authorization).toBe(`Bearer ${TOKEN}`)
        expect(one.headers.cookie).toBeUndefined()
        expect(one.headers.origin).toBeUndefined()
      }
      expect(seen[0]?.headers['prefer']).toBe('wait=3')
      expect(created.status).toBe(201)
      expect(created.headers['set-cookie']).toBeUndefined()
      expect(created.headers['access-control-allow-origin']).toBeUndefined()
      expect(created.headers['cache-control']).toBe('no-store')
      expect(JSON.stringify(created)).not.toContain(TOKEN)
    })

    it('lets nothing else reach the API', async () => {
      const before = arrived.length
      const post = { method: 'POST', body: '{}' }
      const tries: readonly (readonly [string, Asked])[] = [
        ['/replicate/v1/predictions', { ...post, headers: JSON_TYPE }],
        ['/replicate/v1/predictions', { ...post, headers: { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' } }],
        ['/replicate/v1/predictions', { ...post, headers: { ...SAME_ORIGIN, 'content-type': 'text/plain' } }],
        [
          '/replicate/v1/files',
          {
            ...post,
            headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'multipart/form-data; boundary=x' },
          },
        ],
        ['/replicate/v1/account', { headers: SAME_ORIGIN }],
        ['/replicate/v1/predictions/../account', { headers: SAME_ORIGIN }],
        ['/replicate/v1/predictions/..%2f..%2faccount', { headers: SAME_ORIGIN }],
        ['/replicate/v1/predictions/%2e%2e/account', { headers: SAME_ORIGIN }],
        ['/replicate/v1//evil.example/predictions', { headers: SAME_ORIGIN }],
        ['/replicate/v1/predictions/x', { method: 'DELETE', headers: SAME_ORIGIN }],
        ['/replicate/v1/models/a/b', { ...post, headers: { ...SAME_ORIGIN, ...JSON_TYPE } }],
        ['/replicate/v1/predictions/x', { headers: { ...SAME_ORIGIN, host: 'rebind.example' } }],
      ]
      for (const [path, asked] of tries) {
        const answer = await ask(port, path, asked)
        expect(JSON.stringify(answer)).not.toContain(TOKEN)
      }
      expect(arrived.slice(before)).toEqual([])
    })

    it('carries 100 MB, refuses more, and streams', async () => {
      const headers = { ...SAME_ORIGIN, ...JSON_TYPE }
      const post = (megabytes: number) =>
        ask(port, '/replicate/v1/predictions', {
          method: 'POST',
          headers,
          body: Buffer.alloc(megabytes * MEGABYTE, 32),
        })
      expect((await post(100)).status).toBe(201)
      expect(arrived.at(-1)?.bytes).toBe(100 * MEGABYTE)
      const before = arrived.length
      const refused = await post(101).then(
        ({ status }) => status,
        () => 413,
      )
      expect(refused).not.toBe(201)
      expect(arrived.slice(before).filter(({ bytes }) => bytes > 100 * MEGABYTE)).toEqual([])
      const onFirst = () => endSlow()
      const { text } = await ask(port, '/replicate/v1/predictions/slow', { headers, onFirst })
      expect(JSON.parse(text)).toEqual({ id: 'a', status: 'starting' })
    })
  })
}
