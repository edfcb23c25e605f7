import { clsx } from 'clsx'
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react'
import type { Size } from '../../core/geometry'
import { panBy } from '../../core/viewport'
import type { PointerInput } from '../../editor/tool'
import type { PictureLayer } from '../canvas/drawPicture'
import { PictureStage } from '../canvas/PictureStage'
import { type PointerGesture, useCanvasInput } from '../canvas/useCanvasInput'
import { usePane } from '../canvas/usePane'
import paneStyles from '../canvas/pane.module.css'
import styles from './OutputPane.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { drawnView } from '../../state/shell/viewport'

interface OutputPaneProps {
  readonly name: string
  /** Size of the whole picture, image px; all panes show the same part of it. */
  readonly picture: Size
  readonly layers: readonly PictureLayer[]
  readonly facts?: string
  /** A second picture, drawn right of `from`, percent of the pane's width. */
  readonly over?: { readonly layers: readonly PictureLayer[]; readonly from: number }
  /** The keys act on this output. */
  readonly chosen?: boolean
  /** The zoom buttons act on this pane. */
  readonly primary?: boolean
  readonly children?: ReactNode
}

/** One picture of a comparison. Dragging and the wheel move and zoom all panes together. */
export function OutputPane({
  name,
  picture,
  layers,
  facts,
  over,
  chosen,
  primary,
  children,
}: OutputPaneProps) {
  const app = useApp()
  const ref = useRef<HTMLDivElement>(null)
  const pane = usePane(ref)
  const viewport = useAppState(({ viewport: state }) => state.viewport)
  const { set: setViewport, setPane } = app.viewport
  useEffect(() => {
    if (primary && pane) setPane(pane)
  }, [primary, pane, setPane])
  const view = useMemo(() => (pane ? drawnView(viewport, picture, pane) : null), [viewport, picture, pane])
  const currentView = useCallback(
    () => (pane ? app.viewport.viewNow(picture, pane) : null),
    [app, pane, picture],
  )
  const begin = useCallback(
    (input: PointerInput): PointerGesture => {
      let last = input.screen
      return {
        move(inputs) {
          const now = currentView()
          const next = inputs.at(-1)?.screen
          if (!now || !next) return
          setViewport(panBy(now, next.x - last.x, next.y - last.y))
          last = next
        },
        end: () => {},
        cancel: () => {},
      }
    },
    [currentView, setViewport],
  )
  const wheelZooms = () => app.settings.store.getState().wheelZooms
  useCanvasInput(ref, { wheelZooms, view: currentView, setViewport, begin })
  return (
    <figure className={styles.pane} aria-label={name} aria-current={chosen ? 'true' : undefined}>
      <figcaption>
        <strong>{name}</strong>
        {facts && <span className={styles.facts}>{facts}</span>}
      </figcaption>
      <div ref={ref} className={clsx(paneStyles.pane, paneStyles.grab, styles.view)} data-pane="output">
        {view && <PictureStage view={view} layers={layers} />}
        {view && over && (
          <>
            <div className={styles.wiped} style={{ clipPath: `inset(0 0 0 ${over.from}%)` }}>
              <PictureStage view={view} layers={over.layers} />
            </div>
            <div className={styles.wipeLine} style={{ left: `${over.from}%` }} />
          </>
        )}
      </div>
      {children}
    </figure>
  )
}
