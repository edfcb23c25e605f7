import { describe, expect, it } from 'vitest'
import { TOOLS } from '../../editor/toolRegistry'
import { createToolSettings } from './toolSettings'

describe('tool settings', () => {
  it('subtract or intersect what is selected, never what a brush paints or the hand moves', () => {
    const tools = createToolSettings()
    const having = (part: 'erase' | 'intersect') =>
      TOOLS.filter((tool) => tools.combining(tool)[part]).map(({ id }) => id)
    const selecting = ['rectangle', 'ellipse', 'lasso', 'polygon', 'wand', 'smart']
    for (const [combine, erase, intersect] of [
      ['add', [], []],
      ['subtract', selecting, []],
      ['intersect', [], selecting],
    ] as const) {
      tools.setCombine(combine)
      expect([having('erase'), having('intersect')]).toEqual([erase, intersect])
    }
  })

  it('keep the brush within its limits, whole', () => {
    const tools = createToolSettings()
    tools.setBrush({ size: 1e9, hardness: -4, opacity: Number.NaN })
    expect(tools.store.getState().brush).toEqual({
      size: 1000,
      hardness: 0,
      opacity: 100,
      smoothEdge: true,
    })
    tools.setBrush({ size: 0.2 })
    expect(tools.store.getState().brush.size).toBe(1)
  })

  it('fit the brush to the picture until a size is chosen', () => {
    const tools = createToolSettings()
    tools.fitBrush({ width: 800, height: 400 })
    expect(tools.store.getState().brush.size).toBe(50)
    tools.setBrush({ size: 33 })
    tools.fitBrush({ width: 4000, height: 4000 })
    expect(tools.store.getState().brush.size).toBe(33)
  })

  it('step by 12 %, at least a pixel', () => {
    const tools = createToolSettings()
    const sizeAfter = (size: number, direction: 1 | -1) => {
      tools.setBrush({ size })
      tools.stepSize(direction)
      return tools.brushNow().brush.size
    }
    expect(sizeAfter(100, 1)).toBe(112)
    expect(sizeAfter(3, -1)).toBe(2)
    expect(sizeAfter(1, -1)).toBe(1)
  })

  it('give fingers the hand once there is a pen', () => {
    const tools = createToolSettings()
    expect(tools.toolFor('touch')).toBe('brush')
    expect(tools.toolFor('pen')).toBe('brush')
    expect(tools.toolFor('touch')).toBe('hand')
    expect(tools.toolFor('mouse')).toBe('brush')
    tools.holdHand(true)
    expect(tools.toolFor('mouse')).toBe('hand')
    tools.holdHand(false)
    tools.swapBrush()
    expect(tools.toolFor('mouse')).toBe('eraser')
  })
})
