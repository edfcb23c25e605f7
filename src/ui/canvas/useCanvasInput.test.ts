import { describe, expect, it, vi } from 'vitest'
import type { View, Viewport } from '../../core/viewport'
import type { PointerInput } from '../../editor/tool'
import { listen } from './useCanvasInput'
import type { WheelTurn } from './wheelDevice'

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
  const inputs: PointerInput[] = []
  let viewport: Viewport | null = null
  let wheelZooms = true
  const resized: number[] = []
  const at = ({ point }: PointerInput) => `${point.x},${point.y}`
  const element = Object.assign(new EventTarget(), {
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    clientLeft: 0,
    clientTop: 0,
    setPointerCapture: vi.fn(),
    focus: vi.fn(),
  })
  const input = () => ({
    view: () => VIEW,
    setViewport: (next: Viewport) => void (viewport = next),
    wheelZooms: () => wheelZooms,
    resize: (direction: number) => void resized.push(direction),
    begin(first: PointerInput) {
      told.push(`begin ${at(first)}`)
      inputs.push(first)
      return {
        move(more: readonly PointerInput[]) {
          told.push(...more.map((one) => `move ${at(one)}`))
          inputs.push(...more)
        },
        end: () => told.push('end'),
        cancel: () => told.push('cancel'),
      }
    },
  })
  listen(element as unknown as HTMLElement, input)
  const send = (type: string, x: number, buttons: number, pointerId = 1, given: object = {}) =>
    element.dispatchEvent(
      Object.assign(new Event(type, { cancelable: true }), {
        pointerId,
        pointerType: 'mouse',
        clientX: x,
        clientY: 10,
        button: 0,
        buttons,
        pressure: 0.5,
        shiftKey: false,
        altKey: false,
        ...given,
      }),
    )
  /** @returns what one turn of the wheel over the pane's middle has made of the view */
  const turn = (wheel: Partial<WheelEvent & WheelTurn>, zooms = true): Viewport | null => {
    wheelZooms = zooms
    viewport = null
    const event = new Event('wheel', { cancelable: true })
    const still = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false }
    element.dispatchEvent(Object.assign(event, { clientX: 100, clientY: 50, ...still, ...wheel }))
    return viewport
  }
  return { told, inputs, send, turn, resized }
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

it('a mouse, a finger and a pen tell a gesture the same, but for the pressure of the pen', () => {
  const drawn = (pointerType: string, more: object = {}) => {
    const { inputs, send } = pane()
    const given = { pointerType, pressure: 1, ...more }
    send('pointerdown', 10, 1, 1, given)
    send('pointermove', 20.5, 1, 1, given)
    send('pointermove', 31, 1, 1, given)
    send('pointerup', 31, 0, 1, given)
    return inputs
  }
  for (const keys of [{}, { shiftKey: true }, { altKey: true }]) {
    const byMouse = drawn('mouse', keys)
    expect(byMouse).toHaveLength(3)
    expect(byMouse.map(({ pressure }) => pressure)).toEqual([null, null, null])
    expect(drawn('touch', keys)).toEqual(byMouse)
    const byPen = drawn('pen', keys)
    expect(byPen.map(({ pressure }) => pressure)).toEqual([1, 1, 1])
    expect(byPen).toEqual(
      byMouse.map((one) => expect.objectContaining({ point: one.point, erase: one.erase })),
    )
  }
})

describe('a wheel', () => {
  vi.stubGlobal('WheelEvent', { DOM_DELTA_PIXEL: 0 })
  const notch = { deltaY: 100, wheelDeltaY: -120 }

  it('of a mouse zooms at the pointer, or pans where the setting says so', () => {
    const zoomed = pane().turn(notch)
    expect(zoomed?.zoom).toBeLessThan(1)
    expect(zoomed?.center).toEqual({ x: 100, y: 50 })
    expect(pane().turn(notch, false)).toEqual({ zoom: 1, center: { x: 100, y: 150 } })
  })

  it('of two fingers pans both ways, whatever the setting', () => {
    const fingers = { deltaX: 6, deltaY: -9, wheelDeltaY: 27 }
    for (const zooms of [true, false]) {
      expect(pane().turn(fingers, zooms)).toEqual({ zoom: 1, center: { x: 106, y: 41 } })
    }
  })

  it('of a pinch zooms, faster than one turned with Control held', () => {
    const pinch = pane().turn({ deltaY: -10, wheelDeltaY: 120, ctrlKey: true }, false)
    expect(pinch?.zoom).toBeGreaterThan(1.1)
    const turned = pane().turn({ deltaY: -100, wheelDeltaY: 120, ctrlKey: true }, false)
    expect(turned?.zoom).toBeGreaterThan(1.1)
    expect(turned?.zoom).toBeLessThan(1.3)
  })

  it('turned with Alt held resizes the brush, and leaves the view', () => {
    const { turn, resized } = pane()
    expect(turn({ ...notch, altKey: true })).toBeNull()
    expect(turn({ deltaX: -100, wheelDeltaY: 0, altKey: true })).toBeNull()
    expect(resized).toEqual([-1, 1])
  })
})
