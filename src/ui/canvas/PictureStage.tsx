import type Konva from 'konva'
import { type ReactNode, useEffect, useRef } from 'react'
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
  useEffect(() => {
    layerRef.current?.getCanvas().setPixelRatio(view.pixelRatio)
    layerRef.current?.batchDraw()
  }, [view.pixelRatio])
  return (
    <Stage width={view.pane.width} height={view.pane.height} listening={false}>
      <Layer ref={layerRef} listening={false}>
        <Shape
          listening={false}
          perfectDrawEnabled={false}
          sceneFunc={(context) => drawPicture(context._context, view, layers)}
        />
      </Layer>
      {children}
    </Stage>
  )
}
