import { describe, expect, it } from 'vitest'
import { MODELS } from '../models/modelRegistry'
import { outpaintPreset } from './outpaintFields'

const THERE = { x: 0, y: 0, width: 641, height: 427 }
const fieldsOf = (id: string) => MODELS.find((model) => model.id === id)!.fields
const PRO = fieldsOf('black-forest-labs/flux-fill-pro')
const said = (x: number, y: number, width: number, height: number, there = THERE) => {
  const preset = outpaintPreset(PRO, { x, y, width, height }, there)
  return preset && [...Object.values(preset.fields), preset.isExact]
}

describe('the preset of a model that extends as a frame does', () => {
  it('zooms out by 1.5 and 2 from the middle, and makes a square', () => {
    expect(said(-160, -107, 962, 641)).toEqual(['Zoom out 1.5x', true])
    expect(said(-320, -213, 1282, 854)).toEqual(['Zoom out 2x', true])
    expect(said(0, -107, 641, 641)).toEqual(['Make square', true])
  })

  it('adds to one side, as much as the model likes', () => {
    expect(said(-90, 0, 731, 427)).toEqual(['Left outpaint', false])
    expect(said(0, 0, 700, 427)).toEqual(['Right outpaint', false])
    expect(said(0, -9, 641, 436)).toEqual(['Top outpaint', false])
    expect(said(0, 0, 641, 500)).toEqual(['Bottom outpaint', false])
  })

  it('is none for other frames: not from the middle, of two sides, cropped, or as it is', () => {
    expect(said(0, 0, 962, 641)).toBeNull()
    expect(said(-30, 0, 701, 427)).toBeNull()
    expect(said(10, 0, 700, 427)).toBeNull()
    expect(said(0, 0, 641, 427)).toBeNull()
    expect(said(0, 0, 300, 300, { x: 0, y: 0, width: 300, height: 300 })).toBeNull()
  })

  it('is none of a model without such presets', () => {
    const frame = { x: -160, y: -107, width: 962, height: 641 }
    expect(outpaintPreset(fieldsOf('black-forest-labs/flux-fill-dev'), frame, THERE)).toBeNull()
  })
})
