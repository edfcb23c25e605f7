import { describe, expect, it } from 'vitest'
import { parseImageUrl, printable } from './imageUrl'

describe('picture addresses', () => {
  it.each(['https://a.example/x.png', 'http://a.example/x', '/samples/x.jpg'])('%s is taken', (url) => {
    expect(parseImageUrl(url, 'https://page.example/').protocol).toMatch(/^https?:$/)
  })

  it.each([
    '',
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'file:///etc/passwd',
    'blob:https://a/x',
    'https://u:p@a.example/',
    'https://a.example\\x',
    'https://a\u202E.example/',
    '//a.example/x.png',
    'https:a.example/x.png',
    'https:/a.example/x.png',
    'https:///a.example/x.png',
    'http:x.png',
    'https://?x',
  ])('%j is refused', (url) => {
    expect(() => parseImageUrl(url, 'https://page.example/')).toThrow(/url-invalid/)
  })
})

it('hidden characters are written out where an address is shown', () => {
  expect(printable('https://a\u202e.example\\x y\0')).toBe('https://a\\u{202e}.example\\x y\\u{0}')
})
