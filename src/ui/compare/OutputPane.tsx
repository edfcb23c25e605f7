import { clsx } from 'clsx'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Rect } from '../../core/geometry'
import { keepInSight, panBy, type Viewport } from '../../core/viewport'
import type { PointerInput } from '../../editor/tool'
import type { PictureLayer } from '../canvas/drawPicture'
import { PictureStage } from '../canvas/PictureStage'
import { type PointerGesture, useCanvasInput } from '../canvas/useCanvasInput'
import { usePane } from '../canvas/usePane'
import paneStyles from '../canvas/pane.module.css'
import type { ReadyOutput } from '../../state/runs/runs'
import type { SourceImage } from '../../state/session/source'
import { useDetail } from './useDetail'
import { CursorMark, useCursorInput } from './LinkedCursor'
import { paneGesture } from './paneGesture'
import styles from './OutputPane.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { stepOutput } from '../../state/runs/selection'
import { drawnView } from '../../state/shell/viewport'

interface OutputPaneProps {
  readonly name: string
  /** What is to be seen, image px; all panes show the same part of it. */
  readonly picture: Rect
  readonly layers: readonly PictureLayer[]
  readonly facts?: ReactNode
  /** Leads to the other outputs, in the caption. */
  readonly stepper?: ReactNode
  /** Said over the picture's lower edge. */
  readonly note?: ReactNode
  /** What of the picture is seen at full size, where that is large: none where it is not shown. */
  readonly output?: ReadyOutput | undefined
  /** How the output differs from this picture is shown. */
  readonly against?: SourceImage | null
  /** A second picture, drawn right of `from`, percent of the pane's width. */
  readonly over?: { readonly layers: readonly PictureLayer[]; readonly from: number }
  /** Lies over the picture. */
  readonly cover?: ReactNode
  /** The keys act on this output. */
  readonly chosen?: boolean
  /** It was clicked or tapped. */
  readonly onSelect?: () => void
  /** The original is shown while the picture is pressed. */
  readonly flashes?: boolean
  /** The zoom buttons act on this pane. */
  readonly primary?: boolean
  /** What can be done with the output. */
  readonly children?: ReactNode
}

/** One picture of a comparison. Dragging and the wheel move and zoom all panes together. */
export function OutputPane({
  name,
  picture,
  layers,
  facts,
  stepper,
  note,
  output,
  against = null,
  over,
  cover,
  chosen,
  onSelect,
  flashes = false,
  primary,
  children,
}: OutputPaneProps) {
  const app = useApp()
  const figure = useRef<HTMLElement>(null)
  const ref = useRef<HTMLDivElement>(null)
  const pane = usePane(ref)
  const shown = useAppState(({ viewport }) => viewport)
  const { setPane } = app.viewport
  useEffect(() => {
    if (primary && pane) setPane(pane)
  }, [primary, pane, setPane])
  const view = useMemo(() => (pane ? drawnView(shown, picture, pane) : null), [shown, picture, pane])
  const detail = useDetail(output, view, against)
  const sharp = useMemo(
    () => [...(over?.layers ?? layers), ...(detail ? [detail] : [])],
    [over?.layers, layers, detail],
  )
  const currentView = useCallback(
    () => (pane ? app.viewport.viewNow(picture, pane) : null),
    [app, pane, picture],
  )
  const setViewport = useCallback(
    (next: Viewport) => app.viewport.set(keepInSight(next, picture)),
    [app, picture],
  )
  const begin = useCallback(
    ({ screen }: PointerInput, { pointerType }: PointerEvent): PointerGesture => {
      const atStart = currentView()
      const isSettled = app.state.read().viewport.viewport === null
      const isAllSeen = isSettled || !atStart || atStart.zoom <= atStart.fitZoom * 1.001
      const pan = (dx: number, dy: number) => {
        const now = currentView()
        if (now) setViewport(panBy(now, dx, dy))
      }
      if (flashes) app.view.setPeek(true)
      // Takes the focus off the button that was pressed before, so that Enter applies.
      figure.current?.focus({ preventScroll: true })
      return paneGesture({
        start: screen,
        pan: pointerType === 'touch' && isAllSeen ? null : pan,
        step: (by) => stepOutput(app.runs, app.view, by),
        click: () => onSelect?.(),
        over: () => flashes && app.view.setPeek(false),
      })
    },
    [app, currentView, setViewport, flashes, onSelect],
  )
  const cursorInput = useCursorInput(currentView)
  const wheelZooms = () => app.state.read().settings.wheelZooms
  useCanvasInput(ref, { wheelZooms, view: currentView, setViewport, begin })
  return (
    <figure
      ref={figure}
      className={styles.pane}
      aria-label={name}
      aria-current={chosen ? 'true' : undefined}
      tabIndex={-1}
    >
      <figcaption>
        {onSelect ? (
          <button
            type="button"
            className={styles.name}
            aria-pressed={chosen ?? false}
            onClick={() => {
              onSelect()
              figure.current?.focus({ preventScroll: true })
            }}
          >
            {name}
          </button>
        ) : (
          <strong>{name}</strong>
        )}
        {facts && <span className={styles.facts}>{facts}</span>}
        {stepper}
      </figcaption>
      <div className={styles.view}>
        <div
          ref={ref}
          className={clsx(paneStyles.pane, paneStyles.grab, styles.picture)}
          data-pane="output"
          role="img"
          aria-label={name}
          {...cursorInput}
        >
          {view && <PictureStage view={view} frame={picture} layers={over ? layers : sharp} />}
          {view && over && (
            <div className={styles.wiped} style={{ clipPath: `inset(0 0 0 ${over.from}%)` }}>
              <PictureStage view={view} frame={picture} layers={sharp} />
            </div>
          )}
        </div>
        {view && <CursorMark view={view} pane={ref} />}
        {cover}
        {note}
      </div>
      {children}
    </figure>
  )
}
