import { describe, expect, it } from 'vitest'
import { normalizeBaseUrl } from './baseUrl'
import { REFUSED } from './refusedUrls.testkit'

const PAGE = 'https://page.example/app/'

describe('the address of a backend', () => {
  it.each([
    ['https://api.example/v1/', 'https://api.example/v1'],
    ['HTTPS://API.example/v1/predictions', 'https://api.example/v1'],
    ['api.example', 'https://api.example'],
    ['localhost:5000', 'http://localhost:5000'],
    ['127.0.0.1:5000/', 'http://127.0.0.1:5000'],
    ['http://[::1]:5000/v1?x=1#y', 'http://[::1]:5000/v1'],
    ['/replicate/v1', '/replicate/v1'],
    [' https://api.example:65535 ', 'https://api.example:65535'],
  ])('%s is %s', (text, base) => {
    expect(normalizeBaseUrl(text, PAGE)).toBe(base)
  })

  it.each(REFUSED)('%j is none', (text) => {
    expect(() => normalizeBaseUrl(text, PAGE)).toThrow(/url-invalid/)
  })
})
