import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { encode } from 'fast-png'
import { expect, it } from 'vitest'
import type { Exchange } from './exchange'
import { curlOf, readableAnswer, readableJson, sentPictures } from './exchangeText'

const png = encode({ width: 37, height: 21, data: new Uint8Array(37 * 21), channels: 1, depth: 8 })
const uri = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
const body = { version: 'v', input: { prompt: "a cat's $HOME `id` \\ \n", image: uri } }
const exchange: Exchange = {
  method: 'POST',
  url: 'https://gateway.example/v1/predictions',
  prefer: 'wait=5',
  body,
  at: '2026-01-01T00:00:00.000Z',
  ms: 12,
  status: 201,
  answer: '{}',
}

it('tells size and bytes of the pictures that were sent', () => {
  expect(sentPictures(body)).toEqual([{ field: 'image', uri, bytes: png.length, width: 37, height: 21 }])
  expect(sentPictures(null)).toEqual([])
  expect(
    sentPictures({ input: { image: 'data:image/png;base64,AAAA', mask: 'https://x.example/m.png' } }),
  ).toEqual([])
})

it('shortens data URIs to read, and keeps the rest', () => {
  const text = readableJson({
    input: { prompt: 'a cat', image: `data:image/png;base64,${'A'.repeat(4000)}` },
  })
  expect(text.length).toBeLessThan(200)
  expect(text).toContain('"prompt": "a cat"')
  fc.assert(fc.property(fc.string(), (any) => void readableAnswer(any)))
})

it('the body of a real photo reaches curl through a shell, byte by byte', () => {
  const pixels = new Uint8Array(400 * 300 * 3).map(() => Math.floor(Math.random() * 256))
  const file = encode({ width: 400, height: 300, data: pixels, channels: 3, depth: 8 })
  const image = `data:image/png;base64,${Buffer.from(file).toString('base64')}`
  const sent = { version: 'v', input: { prompt: "a cat's $HOME `id` \\ \nEND_OF_BODY\n", image } }
  expect(JSON.stringify(sent).length).toBeGreaterThan(400_000)
  const line = curlOf({ ...exchange, body: sent })
  for (const argument of line.split('\n').slice(0, 5)) expect(argument.length).toBeLessThan(200)
  const script = `curl() { printf '%s\\n' "$@" >&2; cat; }\n${line}`
  const answer = execFileSync('sh', [], {
    input: script,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  expect(JSON.parse(answer)).toEqual(sent)
})

it('the command line gives a shell exactly the body, and holds no key', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (prompt) => {
      fc.pre(!prompt.includes('\0'))
      const sent = { input: { prompt } }
      const line = curlOf({ ...exchange, body: sent })
      // As the shell takes it apart: printf stands for curl.
      const script = `curl() { while [ $# -gt 1 ]; do shift; done; printf %s "$1"; }\n${line}`
      expect(JSON.parse(execFileSync('sh', ['-c', script], { encoding: 'utf8' }))).toEqual(sent)
      expect(line).toContain('Bearer $TOKEN')
    }),
    { numRuns: 20 },
  )
})
