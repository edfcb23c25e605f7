import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSignature } from './graphSignature'
import { profileOf } from './modelProfile'
import {
  classifier,
  lama,
  miganPipeline,
  noPicture,
  onnxFile,
  outsideWeights,
  packed,
} from './onnxGraph.testkit'

const profileIn = async (file: Blob) => profileOf(await readSignature(file, 'a.onnx'), 'a.onnx')

describe('the signature of a graph', () => {
  it.each([
    [
      'LaMa of one size',
      lama({ side: 512 }),
      { image: 'image', mask: 'mask', output: 'output', type: 'float32', size: { width: 512, height: 512 } },
    ],
    ['LaMa of any size', lama(), { image: 'image', mask: 'mask', type: 'float32', size: null }],
    [
      'MI-GAN with its pipeline',
      miganPipeline(),
      { image: 'image', mask: 'mask', output: 'result', type: 'uint8', size: null },
    ],
    [
      'MI-GAN’s generator',
      packed('mask first', 256),
      { image: 'input', mask: null, type: 'float32', size: { width: 256, height: 256 } },
    ],
  ])('tells %s', async (_name, file, profile) => {
    expect(await profileIn(file)).toMatchObject(profile)
  })

  it('finds picture and mask by their channels, whatever their names and order', async () => {
    const tensor = (name: string, channels: number | string) => ({
      name,
      type: 1,
      shape: ['batch', channels, 'h', 'w'],
    })
    const file = onnxFile({ inputs: [tensor('b', 1), tensor('a', 3)], outputs: [tensor('c', 3)], nodes: [] })
    expect(await profileIn(file)).toMatchObject({ image: 'a', mask: 'b', output: 'c' })
    const open = onnxFile({
      inputs: [tensor('mask', 'm'), tensor('image', 'c')],
      outputs: [tensor('out', 'c')],
      nodes: [],
    })
    expect(await profileIn(open)).toMatchObject({ image: 'image', mask: 'mask', output: 'out' })
  })

  it('refuses other graphs, and says what they take', async () => {
    await expect(profileIn(classifier())).rejects.toMatchObject({
      data: { code: 'onnx/unknown-graph', params: { inputs: 'input (float32, 1 × 3 × 64 × 64)' } },
    })
    await expect(profileIn(noPicture())).rejects.toMatchObject({
      data: { code: 'onnx/no-picture', params: { inputs: 'input_ids (?, ? × ?)' } },
    })
    await expect(profileIn(outsideWeights())).rejects.toMatchObject({
      data: { code: 'onnx/outside-weights' },
    })
  })
})

describe('a file that is no model', () => {
  it.each([
    ['empty', new Blob([])],
    ['text', new Blob(['<!doctype html><title>404</title>'])],
    ['a PNG', new Blob([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)])],
    ['a ZIP, as of PyTorch', new Blob(['PK\x03\x04', new Uint8Array(200)])],
    ['zeros', new Blob([new Uint8Array(5000)])],
  ])('is told: %s', async (_name, file) => {
    await expect(readSignature(file, 'a')).rejects.toMatchObject({ data: { code: 'onnx/not-a-model' } })
  })

  it('over 2 GB is not read', async () => {
    const file = { size: 2 ** 31 } as Blob
    await expect(readSignature(file, 'a')).rejects.toMatchObject({ data: { code: 'onnx/too-large' } })
  })

  it('that is cut off anywhere is refused', async () => {
    const file = lama()
    // The last bytes are the operators' version, which a shorter file does without.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: file.size - 7 }), async (length) => {
        await expect(readSignature(file.slice(0, length), 'a')).rejects.toMatchObject({
          data: { code: length < 2 ? 'onnx/not-a-model' : 'onnx/cut-off' },
        })
      }),
      { numRuns: 200 },
    )
  })

  it('of any bytes ends in words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await expect(readSignature(new Blob([Uint8Array.from(bytes)]), 'a')).rejects.toHaveProperty(
          'data.code',
        )
      }),
    )
  })
})
