import { expect, it } from 'vitest'
import { hasExif, isPublicUrl } from './publicUrl'

const PAGE = 'https://pentimento.example'

it.each([
  ['https://pictures.example/a/b.jpg', true],
  ['http://pictures.example/a.jpg', false],
  ['https://pictures.example/a.jpg?signature=x', false],
  ['https://user:word@pictures.example/a.jpg', false],
  ['https://pentimento.example/samples/a.jpg', false],
  ['https://localhost/a.jpg', false],
  ['https://192.168.0.7/a.jpg', false],
  ['https://[::1]/a.jpg', false],
  ['https://nas.local/a.jpg', false],
  ['https://intranet/a.jpg', false],
  ['data:image/png;base64,AAAA', false],
  ['no address', false],
])('%s is for every server to fetch: %s', (address, expected) => {
  expect(isPublicUrl(address, PAGE)).toBe(expected)
})

it('a file that may be turned by EXIF is told', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, 9, 0x45, 0x78, 0x69, 0x66, 0, 0)
  expect(hasExif(jpeg)).toBe(true)
  expect(hasExif(jpeg.subarray(0, 6))).toBe(false)
})
