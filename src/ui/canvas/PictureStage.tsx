import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { Stage } from 'react-konva/lib/ReactKonvaCore'
import type { Rect } from '../../core/geometry'
import type { View } from '../../core/viewport'
import { drawPicture, type PictureLayer } from './drawPicture'
import styles from './pane.module.css'

interface PictureStageProps {
  readonly view: View
  /** What is shown of the layers, image px. */
  readonly frame: Rect
  readonly layers: readonly PictureLayer[]
  /** Konva layers above the picture. */
  readonly children?: ReactNode
}

/** The picture on a canvas of its own, redrawn when the view or the picture changes, and a Konva stage over it. */
export function PictureStage({ view, frame, layers, children }: PictureStageProps) {
  const { canvas, pixelRatio } = view
  const colorSpace = layers.some((layer) => layer.colorSpace === 'display-p3') ? 'display-p3' : 'srgb'
  return (
    <div className={styles.canvas} style={{ left: canvas.x, top: canvas.y }}>
      <PictureCanvas key={colorSpace} view={view} frame={frame} layers={layers} colorSpace={colorSpace} />
      {children && (
        <Stage
          width={notCut(canvas.width, pixelRatio)}
          height={notCut(canvas.height, pixelRatio)}
          listening={false}
        >
          {children}
        </Stage>
      )}
    </div>
  )
}

interface PictureCanvasProps {
  readonly view: View
  readonly frame: Rect
  readonly layers: readonly PictureLayer[]
  /** A canvas keeps the space that it began with. */
  readonly colorSpace: PredefinedColorSpace
}

/** Konva makes its canvases in sRGB, which would cut a wider picture's colours off. */
function PictureCanvas({ view, frame, layers, colorSpace }: PictureCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const request = requestAnimationFrame(() => {
      const context = ref.current?.getContext('2d', { colorSpace })
      if (context) drawPicture(context, view, frame, layers)
    })
    return () => cancelAnimationFrame(request)
  }, [view, frame, layers, colorSpace])
  const { width, height } = view.canvas
  return <canvas ref={ref} className={styles.picture} style={{ width, height }} />
}

/** A hair more than a whole number of screen pixels: Konva cuts fractions off, those of rounding too. */
function notCut(side: number, pixelRatio: number): number {
  return (Math.round(side * pixelRatio) + 1e-4) / pixelRatio
}
