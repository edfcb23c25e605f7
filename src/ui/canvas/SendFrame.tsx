import { clsx } from 'clsx'
import { Move } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useImperativeHandle } from 'react'
import { handleAt, handlePoint, type RegionHandle, SCALE_HANDLES } from '../../core/rectHandles'
import { cssScale, type View } from '../../core/viewport'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { ARROWS, CURSORS, placeOf, REACH, SNAP } from './frameHandles'
import type { FrameInput } from './frameInput'
import styles from './SendFrame.module.css'

interface SendFrameProps {
  readonly view: View
  /** Set while the frame takes pointers. */
  readonly input: RefObject<FrameInput | null>
}

/** Step of an arrow key with Shift, and without, image px. */
const STEP = [64, 8] as const

/** The part of the picture that a run sends; it moves and scales while it is being adjusted. */
export function SendFrame({ view, input }: SendFrameProps) {
  const app = useApp()
  const t = useT()
  const part = useAppState(({ sending }) => sending.part)
  const adjusting = useAppState(({ view: state }) => state.framing === 'sent')
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
  return (
    <div
      className={clsx(styles.frame, adjusting && styles.adjusting)}
      style={placeOf(view, region)}
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
