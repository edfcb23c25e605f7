import type Konva from 'konva'
import type { Context } from 'konva/lib/Context'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore'
import type { View } from '../../core/viewport'
import styles from './pane.module.css'
import { drawPicture, type PictureLayer } from './drawPicture'

interface PictureStageProps {
  readonly view: View
  readonly layers: readonly PictureLayer[]
  /** More Konva layers, above the picture. */
  readonly children?: ReactNode
}

/** A Konva stage with the picture, redrawn when the view or the picture changes. */
export function PictureStage({ view, layers, children }: PictureStageProps) {
  const layerRef = useRef<Konva.Layer>(null)
  // Konva redraws when the function changes, so it is the same one until the view or the layers change.
  const draw = useCallback((context: Context) => drawPicture(context._context, view, layers), [view, layers])
  useEffect(() => {
    layerRef.current?.getCanvas().setPixelRatio(view.pixelRatio)
    layerRef.current?.batchDraw()
  }, [view.pixelRatio])
  const { canvas, pixelRatio } = view
  return (
    <div className={styles.canvas} style={{ left: canvas.x, top: canvas.y }}>
      <Stage
        width={notCut(canvas.width, pixelRatio)}
        height={notCut(canvas.height, pixelRatio)}
        listening={false}
      >
        <Layer ref={layerRef} listening={false}>
          <Shape listening={false} perfectDrawEnabled={false} sceneFunc={draw} />
        </Layer>
        {children}
      </Stage>
    </div>
  )
}

/** A hair more than a whole number of screen pixels: Konva cuts fractions off, those of rounding too. */
function notCut(side: number, pixelRatio: number): number {
  return (Math.round(side * pixelRatio) + 1e-4) / pixelRatio
}
