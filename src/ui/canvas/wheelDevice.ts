/** What of a wheel event tells the device that sent it. */
export type WheelTurn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'timeStamp'> & {
  /** The older measure, 120 a notch: Chromium and Safari only. */
  readonly wheelDeltaY?: number
}

/** WheelEvent.DOM_DELTA_PIXEL. */
const PIXELS = 0
/** One notch in `wheelDelta`, the older measure. */
const NOTCH = 120
/** The least that a notch scrolls, CSS px, on the densest screens; a pinch counts as a notch too, and is less. */
const MIN_NOTCH_PX = 33
/** What macOS makes of the smallest turn of a mouse's wheel, px; a trackpad gives whole px there. */
const MAC_STEP = 4.000244140625
/** Wheel events closer together than this belong to one movement, ms. */
const SAME_MOVE_MS = 400

/**
 * Tells a mouse's wheel from two fingers on a trackpad, which browsers report alike: a wheel turns by notches, straight up
 * or down. The first turn decides for all of a movement, as fingers may by chance move as far as a notch.
 * @returns whether a turn, in the order in which they come, is of a mouse
 */
export function createWheelDevice(): (turn: WheelTurn) => boolean {
  let lastAt = -Infinity
  let isMouse = false
  return (turn) => {
    if (turn.timeStamp - lastAt > SAME_MOVE_MS) isMouse = isNotch(turn)
    lastAt = turn.timeStamp
    return isMouse
  }
}

function isNotch({ deltaX, deltaY, deltaMode, wheelDeltaY = 0 }: WheelTurn): boolean {
  if (deltaX !== 0) return false
  if (deltaMode !== PIXELS) return true
  if (deltaY !== 0 && deltaY % MAC_STEP === 0) return true
  const notches = Math.abs(wheelDeltaY) / NOTCH
  return notches > 0 && Number.isInteger(notches) && Math.abs(deltaY) >= MIN_NOTCH_PX * notches
}
