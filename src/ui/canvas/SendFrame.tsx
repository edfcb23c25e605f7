import { clsx } from 'clsx'
import { Move } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useImperativeHandle } from 'react'
import type { Rect } from '../../core/geometry'
import { handleAt, handlePoint, type RegionHandle, SCALE_HANDLES } from '../../core/run/regionHandles'
import { cssScale, imageToScreen, type View } from '../../core/viewport'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import type { FrameInput } from './frameInput'
import styles from './SendFrame.module.css'

interface SendFrameProps {
  readonly view: View
  /** Set while the frame takes pointers. */
  readonly input: RefObject<FrameInput | null>
}

/** How far from a handle a pointer takes hold of it, CSS px: 44 across for a finger. */
const REACH = 22
/** The frame snaps to whole scales within this, CSS px. */
const SNAP = 6
/** What an arrow key moves, image px; with Shift, and without. */
const STEP = [64, 8] as const

const CURSORS: Readonly<Record<RegionHandle, string>> = {
  move: 'move',
  n: 'ns-resize',
  s: 'ns-resize',
  e: 'ew-resize',
  w: 'ew-resize',
  nw: 'nwse-resize',
  se: 'nwse-resize',
  ne: 'nesw-resize',
  sw: 'nesw-resize',
}

/** The part of the picture that a run sends; it moves and scales while it is being adjusted. */
export function SendFrame({ view, input }: SendFrameProps) {
  const app = useApp()
  const t = useT()
  const part = useAppState(({ sending }) => sending.part)
  const adjusting = useAppState(({ view: state }) => state.framing)
  const region = part?.region ?? null

  useImperativeHandle<FrameInput | null, FrameInput | null>(input, () => {
    if (!adjusting || !region) return null
    const scale = cssScale(view)
    return {
      begin({ point }) {
        const handle = handleAt(region, point, REACH / scale)
        if (!handle) return null
        return {
          move(inputs) {
            const last = inputs.at(-1)
            if (!last) return
            const by = { handle, dx: last.point.x - point.x, dy: last.point.y - point.y }
            void app.sending.drag(region, by, SNAP / scale)
          },
          end: () => void app.sending.settle(),
          cancel: () => void app.sending.cancel(),
        }
      },
      cursorAt({ point }) {
        const handle = handleAt(region, point, REACH / scale)
        return handle && CURSORS[handle]
      },
    }
  }, [app, adjusting, region, view])

  // With nothing masked nothing is sent yet; the fill on this device takes any part, which shows only to be changed.
  if (!region || !(adjusting || (part?.mask && part.fixedSize))) return null
  const nudge = (handle: RegionHandle) => (event: KeyboardEvent) => {
    const [dx, dy] = ARROWS[event.key] ?? [0, 0]
    if (dx === 0 && dy === 0) return
    event.preventDefault()
    event.stopPropagation()
    const step = STEP[event.shiftKey ? 0 : 1]
    void app.sending.drag(region, { handle, dx: dx * step, dy: dy * step }, 0)
    void app.sending.settle()
  }
  const box = screenBox(view, region)
  return (
    <div
      className={clsx(styles.frame, adjusting && styles.adjusting)}
      style={{ transform: `translate(${box.x}px, ${box.y}px)`, width: box.width, height: box.height }}
      role="group"
      aria-label={t('send.label')}
      data-send-frame=""
    >
      {adjusting && (
        <>
          <button type="button" className={styles.move} aria-label={t('send.move')} onKeyDown={nudge('move')}>
            <Move aria-hidden="true" />
          </button>
          {SCALE_HANDLES.map((handle) => {
            const at = handlePoint({ x: 0, y: 0, width: 100, height: 100 }, handle)
            return (
              <button
                key={handle}
                type="button"
                className={styles.handle}
                style={{ left: `${at.x}%`, top: `${at.y}%` }}
                aria-label={t(`send.scale.${handle}`)}
                onKeyDown={nudge(handle)}
              />
            )
          })}
        </>
      )}
    </div>
  )
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

function screenBox(view: View, region: Rect): Rect {
  const from = imageToScreen(view, region)
  const to = imageToScreen(view, { x: region.x + region.width, y: region.y + region.height })
  return { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y }
}
