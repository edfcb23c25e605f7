import { describe, expect, it, vi } from 'vitest'
import type { View } from '../../core/viewport'
import type { PointerInput } from '../../editor/tool'
import { listen } from './useCanvasInput'

const VIEW: View = {
  pane: { width: 200, height: 100 },
  canvas: { x: 0, y: 0, width: 200, height: 100 },
  pixelRatio: 1,
  zoom: 1,
  fitZoom: 1,
  center: { x: 100, y: 50 },
}

/** A pane of 200 x 100 px with the picture at its corner, and what its gestures were told. */
function pane() {
  const told: string[] = []
  const at = ({ point }: PointerInput) => `${point.x},${point.y}`
  const element = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    clientLeft: 0,
    clientTop: 0,
    setPointerCapture: vi.fn(),
    focus: vi.fn(),
  })
  listen(element as unknown as HTMLElement, () => ({
    view: () => VIEW,
    setViewport: vi.fn(),
    begin(input) {
      told.push(`begin ${at(input)}`)
      return {
        move: (inputs) => told.push(...inputs.map((one) => `move ${at(one)}`)),
        end: () => told.push('end'),
        cancel: () => told.push('cancel'),
      }
    },
  }))
  const send = (type: string, x: number, buttons: number, pointerId = 1) =>
    element.dispatchEvent(
      Object.assign(new Event(type, { cancelable: true }), {
        pointerId,
        pointerType: 'mouse',
        clientX: x,
        clientY: 10,
        button: 0,
        buttons,
        pressure: 0.5,
      }),
    )
  return { told, send }
}

describe('a release that the pane misses', () => {
  it('ends the stroke at the next move without a button, where it was last held', () => {
    const { told, send } = pane()
    send('pointerdown', 10, 1)
    send('pointermove', 20, 1)
    send('pointermove', 150, 0)
    send('pointermove', 160, 0)
    send('pointerup', 160, 0)
    expect(told).toEqual(['begin 10,10', 'move 20,10', 'end'])
  })

  it('ends the stroke at the next press, which starts another', () => {
    const { told, send } = pane()
    send('pointerdown', 10, 1)
    send('pointerdown', 90, 1)
    send('pointerup', 95, 0)
    expect(told).toEqual(['begin 10,10', 'end', 'begin 90,10', 'end'])
  })

  it('leaves the stroke of another pointer alone', () => {
    const { told, send } = pane()
    send('pointerdown', 10, 1)
    send('pointermove', 150, 0, 2)
    send('pointermove', 30, 1)
    send('pointerup', 30, 0)
    expect(told).toEqual(['begin 10,10', 'move 30,10', 'end'])
  })
})
