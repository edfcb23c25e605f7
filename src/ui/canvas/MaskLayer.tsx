import type Konva from 'konva'
import { useEffect, useRef } from 'react'
import { Layer } from 'react-konva/lib/ReactKonvaCore'
import type { PaintArea } from '../../core/document/document'
import type { View } from '../../core/viewport'
import { DirtyRegion } from '../../editor/dirtyRegion'
import type { MaskEditor } from '../../editor/maskEditor'
import { drawArea, drawMask, type MaskColors, Outline } from './drawMask'

interface MaskLayerProps {
  readonly editor: MaskEditor
  readonly area: PaintArea
  readonly view: View
  /** null hides it. */
  readonly colors: MaskColors | null
}

/** Delay between two steps of the moving outline, one screen px each, ms. */
const OUTLINE_STEP_MS = 120

/**
 * The mask, or the sampling area, over the picture. Tiles are painted straight into the layer's canvas, at most once a
 * frame; a stroke needs neither a Konva node nor a React render.
 */
export function MaskLayer({ editor, area, view, colors }: MaskLayerProps) {
  const layerRef = useRef<Konva.Layer>(null)
  useEffect(() => {
    const layer = layerRef.current
    if (!layer) return
    layer.getCanvas().setPixelRatio(view.pixelRatio)
    const canvas = layer.getNativeCanvasElement()
    // For the style sheet, which lets it pulse while a run is on.
    canvas.dataset['layer'] = area
    const context = canvas.getContext('2d')!
    const dirty = new DirtyRegion()
    const mask = editor[area]
    const outline = new Outline()
    outline.reset(context.canvas.width, context.canvas.height)
    let frame = 0
    const paint = () => {
      frame = 0
      const rect = dirty.take()
      if (colors && rect.width > 0) drawMask(context, mask, view, rect, colors, outline)
    }
    const schedule = (rect: Parameters<DirtyRegion['add']>[0]) => {
      dirty.add(rect)
      if (frame === 0) frame = requestAnimationFrame(paint)
    }
    const step = () => {
      // Painting a stroke has the frame's time to itself.
      if (!colors || document.hidden || editor.isDrawing) return
      outline.phase = (outline.phase + 1) & 7
      for (const block of outline.take()) drawArea(context, mask, view, block, colors, outline)
    }
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches
    const moving = still ? undefined : setInterval(step, OUTLINE_STEP_MS)
    const unsubscribe = editor.subscribe({
      dirty: (rect, changed) => {
        if (changed === area) schedule(rect)
      },
    })
    context.save()
    context.resetTransform()
    context.clearRect(0, 0, context.canvas.width, context.canvas.height)
    context.restore()
    dirty.add(mask.frame)
    paint()
    return () => {
      unsubscribe()
      cancelAnimationFrame(frame)
      clearInterval(moving)
    }
  }, [editor, area, view, colors])
  return <Layer ref={layerRef} listening={false} clearBeforeDraw={false} />
}
