import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { withEdge } from '../../core/frame/frameEdits'
import { type Rect, type Size, unionRect } from '../../core/geometry'
import { layersOfPicture } from '../../state/session/pictureLayers'
import type { SourceImage } from '../../state/session/source'
import { useT } from '../hooks/useT'
import styles from './FramePreview.module.css'

/** CSS px. */
const VIEW: Size = { width: 320, height: 220 }
/** Room around what is shown, in parts of it: there an edge is dragged to. */
const ROOM = 0.12

const EDGES = ['left', 'top', 'right', 'bottom'] as const
type Edge = (typeof EDGES)[number]

const KEY_STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
}

interface FramePreviewProps {
  readonly source: SourceImage
  /** px of the base. */
  readonly base: Rect
  readonly frame: Rect
  readonly onChange: (frame: Rect) => void
}

/** The picture with the frame over it, whose edges are dragged or moved by the arrow keys. */
export function FramePreview({ source, base, frame, onChange }: FramePreviewProps) {
  const t = useT()
  // While an edge is dragged, what it is dragged over stays where it is.
  const [held, setHeld] = useState<Rect | null>(null)
  const seen = held ?? unionRect(base, frame)
  const scale = Math.min(VIEW.width / seen.width, VIEW.height / seen.height) / (1 + 2 * ROOM)
  const origin = {
    x: seen.x + seen.width / 2 - VIEW.width / 2 / scale,
    y: seen.y + seen.height / 2 - VIEW.height / 2 / scale,
  }
  const place = ({ x, y, width, height }: Rect) => ({
    left: (x - origin.x) * scale,
    top: (y - origin.y) * scale,
    width: width * scale,
    height: height * scale,
  })
  const at = (edge: Edge, event: PointerEvent): number => {
    const box = event.currentTarget.closest('[data-preview]')!.getBoundingClientRect()
    const [start, client, from] =
      edge === 'left' || edge === 'right'
        ? [box.x, event.clientX, origin.x]
        : [box.y, event.clientY, origin.y]
    return from + (client - start) / scale
  }
  const step = (edge: Edge, event: KeyboardEvent) => {
    const by = KEY_STEPS[event.key]
    if (by === undefined) return
    event.preventDefault()
    const px = by * (event.shiftKey ? 10 : 1)
    const now = { left: frame.x, top: frame.y, right: frame.x + frame.width, bottom: frame.y + frame.height }
    onChange(withEdge(frame, edge, now[edge] + px))
  }
  return (
    <div className={styles.preview} style={VIEW} data-preview="">
      <PreviewPicture source={source} box={place(base)} />
      <div className={styles.frame} style={place(frame)}>
        {EDGES.map((edge) => (
          <button
            key={edge}
            type="button"
            className={styles[edge]}
            aria-label={t(`frame.${edge}`)}
            onKeyDown={(event) => step(edge, event)}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              setHeld(seen)
            }}
            onPointerMove={(event) => {
              if (held) onChange(withEdge(frame, edge, at(edge, event)))
            }}
            onPointerUp={() => setHeld(null)}
            onPointerCancel={() => setHeld(null)}
          />
        ))}
      </div>
    </div>
  )
}

interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

function PreviewPicture({ source, box }: { readonly source: SourceImage; readonly box: Box }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const [base, ...over] = layersOfPicture(source)
    canvas.width = Math.max(1, Math.round(Math.min(base.at.width, 2 * VIEW.width)))
    canvas.height = Math.max(1, Math.round((canvas.width * base.at.height) / base.at.width))
    const factor = canvas.width / base.at.width
    for (const { levels, at } of [base, ...over]) {
      const level = levels.findLast((one) => one.width >= at.width * factor) ?? levels[0]
      const [x, y, width, height] = [at.x, at.y, at.width, at.height].map((side) => side * factor)
      context.drawImage(level, x, y, width, height)
    }
  }, [source])
  return <canvas ref={ref} className={styles.picture} style={box} aria-hidden="true" />
}
