import { Move } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useImperativeHandle, useRef } from 'react'
import type { FrameChange, FrameDraft } from '../../core/frame/frameDraft'
import { maskBeyond, MAX_FRAME_SIDE, thereBefore } from '../../core/frame/frameEdits'
import type { Rect } from '../../core/geometry'
import { handleAt, handlePoint, type RegionHandle } from '../../core/rectHandles'
import { cssScale, type View } from '../../core/viewport'
import { asksModel } from '../../state/session/frameDraft'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { ARROWS, CURSORS, placeOf, REACH, SNAP } from './frameHandles'
import type { FrameInput } from './frameInput'
import styles from './FrameEdges.module.css'
import frameStyles from './SendFrame.module.css'

interface FrameEdgesProps {
  readonly view: View
  /** Set while the frame takes pointers. */
  readonly input: RefObject<FrameInput | null>
}

const EDGES = [
  { handle: 'w', name: 'left' },
  { handle: 'n', name: 'top' },
  { handle: 'e', name: 'right' },
  { handle: 's', name: 'bottom' },
] as const
/** For pointers only: keys move the two edges that a corner joins. */
const CORNERS = ['nw', 'ne', 'se', 'sw'] as const
const PERCENT: Rect = { x: 0, y: 0, width: 100, height: 100 }

/** The frame that is being chosen, over the picture: its edges are dragged outward to extend and inward to crop. */
export function FrameEdges({ view, input }: FrameEdgesProps) {
  const draft = useAppState(({ framing }) => framing.draft)
  return draft && <Edges view={view} input={input} draft={draft} />
}

function Edges({ view, input, draft }: FrameEdgesProps & { readonly draft: FrameDraft }) {
  const app = useApp()
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const byModel = useAppState((state) => asksModel(state, draft))
  const { frame, open, base, overlapPx } = draft

  useImperativeHandle<FrameInput | null, FrameInput | null>(input, () => {
    const scale = cssScale(view)
    const at = (point: { readonly x: number; readonly y: number }) => handleAt(frame, point, REACH / scale)
    return {
      begin({ point }) {
        const handle = at(point)
        if (!handle) return null
        // Keys go on from where the pointer was.
        box.current?.querySelector<HTMLElement>(`[data-handle=${handle}]`)?.focus({ preventScroll: true })
        let change: FrameChange = { kind: 'frame', frame }
        return {
          move(inputs) {
            const last = inputs.at(-1)
            if (!last) return
            const drag = {
              handle,
              dx: last.point.x - point.x,
              dy: last.point.y - point.y,
              snapPx: SNAP / scale,
            }
            change = { kind: 'drag', from: frame, drag }
            void app.framing.edit(change, true)
          },
          end: () => void app.framing.edit(change),
          cancel: () => void app.framing.edit({ kind: 'frame', frame }),
        }
      },
      cursorAt({ point }) {
        const handle = at(point)
        return handle && CURSORS[handle]
      },
    }
  }, [app, frame, view])

  const nudge = (handle: RegionHandle) => (event: KeyboardEvent) => {
    const by = ARROWS[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    const step = event.shiftKey ? 10 : 1
    const drag = { handle, dx: by[0] * step, dy: by[1] * step, snapPx: 0 }
    void app.framing.edit({ kind: 'drag', from: frame, drag })
  }
  const there = thereBefore(open, base)
  const added = (px: number, look: string | undefined) =>
    maskBeyond(frame, there, px).flatMap((command) =>
      command.kind === 'rectangle'
        ? [
            <div
              key={`${px} ${command.rect.x} ${command.rect.y}`}
              className={look}
              style={placeOf(view, command.rect)}
            />,
          ]
        : [],
    )
  return (
    <>
      {!byModel && added(overlapPx, styles.overlap)}
      {!byModel && added(0, styles.added)}
      <div
        ref={box}
        className={`${frameStyles.frame} ${styles.frame}`}
        style={placeOf(view, frame)}
        role="group"
        aria-label={t('extend.edges')}
        data-frame-edges=""
      >
        {EDGES.map(({ handle, name }) => {
          const { x, y } = handlePoint(PERCENT, handle)
          const beyond = addedAt(frame, base)[handle]
          const length = handle === 'w' || handle === 'e' ? base.width : base.height
          return (
            <div
              key={handle}
              role="slider"
              tabIndex={0}
              data-handle={handle}
              className={styles.edge}
              style={{ left: `${x}%`, top: `${y}%` }}
              aria-label={t(`frame.${name}`)}
              aria-orientation={handle === 'w' || handle === 'e' ? 'horizontal' : 'vertical'}
              aria-valuemin={1 - length}
              aria-valuemax={MAX_FRAME_SIDE}
              aria-valuenow={beyond}
              aria-valuetext={t(beyond < 0 ? 'extend.cropped' : 'extend.added', { px: Math.abs(beyond) })}
              onKeyDown={nudge(handle)}
            />
          )
        })}
        {CORNERS.map((handle) => {
          const { x, y } = handlePoint(PERCENT, handle)
          return <div key={handle} className={styles.corner} style={{ left: `${x}%`, top: `${y}%` }} />
        })}
        <button
          type="button"
          className={frameStyles.move}
          data-handle="move"
          aria-label={t('extend.move')}
          onKeyDown={nudge('move')}
        >
          <Move aria-hidden="true" />
        </button>
        <p className={styles.size}>{t('extend.size', { width: frame.width, height: frame.height })}</p>
      </div>
    </>
  )
}

/** How far each edge lies beyond the base's, px; below 0 where it crops. */
function addedAt(frame: Rect, base: Rect): Readonly<Record<'w' | 'n' | 'e' | 's', number>> {
  return {
    w: base.x - frame.x,
    n: base.y - frame.y,
    e: frame.x + frame.width - base.x - base.width,
    s: frame.y + frame.height - base.y - base.height,
  }
}
