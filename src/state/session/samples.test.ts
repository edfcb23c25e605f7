import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { imageFormat } from '../../core/image/file/imageFormat'
import { SAMPLES, sampleUrl, thumbnailUrl } from './samples'

it.each(SAMPLES)('$id comes with its picture, and a small one for the start page', (sample) => {
  const read = (address: string) => {
    expect(address).toMatch(/^https:\/\/page\.example\/app\/samples\//)
    const path = address.replace('https://page.example/app/', '../../../public/')
    return new Uint8Array(readFileSync(new URL(path, import.meta.url)))
  }
  const base = 'https://page.example/app/'
  expect(imageFormat(read(sampleUrl(sample, base, '/app/')))).toBe('jpeg')
  const small = read(thumbnailUrl(sample, base, '/app/'))
  expect(imageFormat(small)).toBe('webp')
  // Of a start page whose scripts take 130 kB.
  expect(small.length).toBeLessThanOrEqual(10_000)
})
