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

/** One pane of picture, redrawn when the view or the picture changes. */
export function PictureStage({ view, layers, children }: PictureStageProps) {
  const layerRef = useRef<Konva.Layer>(null)
  // The same function while nothing changed: a render for another reason draws nothing.
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

/** Rounded up to whole screen pixels, so that the canvas is not stretched; what hangs over is clipped by the pane. */
function wholePixels(side: number, pixelRatio: number): number {
  return (Math.ceil(side * pixelRatio - 1e-3) + 1e-4) / pixelRatio
}
