import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MODELS } from '../models/modelRegistry'
import { maskPolarity, withPolarity } from './polarity'

it.each([
  ['Black areas will be preserved while white areas will be inpainted.', 'white'],
  ['White pixels are inpainted and black pixels are preserved.', 'white'],
  ['A black and white image. Black pixels are inpainted, white pixels are preserved.', 'black'],
  ['Black pixels are inpainted while white pixels are preserved', 'black'],
  ['white=keep, black=replace', 'black'],
  ['255 (white) = generate', 'white'],
  ['Black and white image to use as mask', 'white'],
  ['', 'white'],
])('reads “%s” as %s', (description, polarity) => {
  expect(maskPolarity(description)).toBe(polarity)
})

it('knows what the bundled models say', () => {
  expect(MODELS.map(({ name, polarity }) => [name, polarity])).toEqual([
    ['Stable Diffusion inpainting', 'white'],
    ['FLUX fill pro', 'white'],
    ['FLUX fill dev', 'white'],
    ['Ideogram v2', 'black'],
    ['Realistic outpainter', null],
  ])
})

it('turning a mask around twice gives its bytes, and never throws on any text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (bytes, text) => {
      const mask = Uint8Array.from(bytes)
      expect(withPolarity(withPolarity(mask, 'black'), 'black')).toEqual(mask)
      expect(withPolarity(mask, 'white')).toBe(mask)
      expect(['white', 'black']).toContain(maskPolarity(text))
    }),
  )
})
