import { describe, expect, it } from 'vitest'
import { parseImageUrl } from './imageUrl'

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
  ])('%j is refused', (url) => {
    expect(() => parseImageUrl(url, 'https://page.example/')).toThrow(/url-invalid/)
  })
})
