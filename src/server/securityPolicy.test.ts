import { expect, it } from 'vitest'
import { connectOrigins, securityHeaders } from './securityPolicy'

it('allows the origins that are named, and not a character more', () => {
  expect(connectOrigins('')).toEqual([])
  const named = connectOrigins(' http://192.168.1.5:5000\n https://gpu.lan/  http://gpu:80')
  expect(named).toEqual(['http://192.168.1.5:5000', 'https://gpu.lan', 'http://gpu'])
  const before = securityHeaders()['content-security-policy'].split('; ')
  const after = securityHeaders(['http://192.168.1.5:5000'])['content-security-policy'].split('; ')
  expect(after).toHaveLength(before.length)
  for (const [at, directive] of after.entries()) {
    const isWider = /^(connect|img)-src /.test(directive)
    expect(directive).toBe(before[at] + (isWider ? ' http://192.168.1.5:5000' : ''))
  }
})

it.each([
  '192.168.1.5:5000',
  'http://192.168.1.5:5000/v1',
  'http://*:5000',
  'http://192.168.1.*',
  'http:',
  'http://',
  '*',
  "'unsafe-inline'",
  'http://a.example;script-src',
  "http://a.example; script-src 'unsafe-inline'",
  'http://a.example,http://b.example',
  'http://user:pw@a.example',
  'http://a.example?x',
  'http://a.example#x',
  'http://a.example:99999',
  'ftp://a.example',
  'data:',
  'http://[::1]:5000',
])('%s is no origin, and is named', (text) => {
  expect(() => connectOrigins(text)).toThrow(`"${text.split(' ', 1)[0]}" is no origin`)
})
