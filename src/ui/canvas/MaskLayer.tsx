import type Konva from 'konva'
import { type RefObject, useEffect, useRef } from 'react'
import { Layer } from 'react-konva/lib/ReactKonvaCore'
import type { PaintArea } from '../../core/document/document'
import type { MaskColors } from '../../core/mask/display/overlayColors'
import type { View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import { useApp } from '../hooks/useApp'
import { MaskDisplay } from './maskDisplay'

interface MaskLayerProps {
  readonly editor: MaskEditor
  readonly area: PaintArea
  readonly view: View
  /** null hides it. */
  readonly colors: MaskColors | null
  /** Holds what shows each area, for the ring of the brush. */
  readonly displays: RefObject<Map<PaintArea, MaskDisplay>>
}

/**
 * The mask, or the sampling area, over the picture. Tiles are painted straight into the layer's canvas, at most once a
 * frame; a stroke needs neither a Konva node nor a React render.
 */
export function MaskLayer({ editor, area, view, colors, displays }: MaskLayerProps) {
  const app = useApp()
  const layerRef = useRef<Konva.Layer>(null)
  useEffect(() => {
    const layer = layerRef.current
    const canvas = layer?.getNativeCanvasElement()
    if (!layer || !canvas) return undefined
    // For the style sheet, which lets it pulse while a run is on.
    canvas.dataset['layer'] = area
    const fit = (pixelRatio: number) => layer.getCanvas().setPixelRatio(pixelRatio)
    const display = new MaskDisplay(canvas, area, app.openMaskDisplay, fit)
    const all = displays.current
    all.set(area, display)
    return () => {
      all.delete(area)
      display.end()
    }
  }, [app, area, displays])
  useEffect(
    () =>
      editor.subscribe({
        dirty: (rect, changed) => {
          if (changed === area) displays.current.get(area)?.change(rect)
        },
      }),
    [editor, area, displays],
  )
  useEffect(
    () => displays.current.get(area)?.show(editor, view, colors),
    [editor, area, displays, view, colors],
  )
  return <Layer ref={layerRef} listening={false} clearBeforeDraw={false} />
}
