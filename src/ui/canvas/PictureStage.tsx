import type Konva from 'konva'
import type { Context } from 'konva/lib/Context'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore'
import type { View } from '../../core/viewport'
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
  return (
    <Stage
      width={wholePixels(view.pane.width, view.pixelRatio)}
      height={wholePixels(view.pane.height, view.pixelRatio)}
      listening={false}
    >
      <Layer ref={layerRef} listening={false}>
        <Shape listening={false} perfectDrawEnabled={false} sceneFunc={draw} />
      </Layer>
      {children}
    </Stage>
  )
}

/** Rounds up to whole screen pixels: a canvas with a fraction would be stretched. The pane clips the rest. */
function wholePixels(side: number, pixelRatio: number): number {
  return (Math.ceil(side * pixelRatio - 1e-3) + 1e-4) / pixelRatio
}
