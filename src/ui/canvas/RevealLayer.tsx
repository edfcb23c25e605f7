import { useLayoutEffect, useRef } from 'react'
import { containsRect, isEmptyRect, type Rect } from '../../core/geometry'
import { convertColors, toDisplayP3 } from '../../core/image/color/convertColors'
import { shownSpace } from '../../core/image/color/shownSpace'
import { isOpaque, type RgbaImage } from '../../core/image/raster'
import { imageToScreen, type View } from '../../core/viewport'
import { DirtyRegion } from '../../editor/dirtyRegion'
import type { Reveal } from '../../state/session/patchStore'
import { baseOf, type SourceImage } from '../../state/session/source'
import { clearCanvas, drawOver } from './drawPicture'
import paneStyles from './pane.module.css'
import styles from './RevealLayer.module.css'

interface RevealLayerProps {
  readonly view: View
  readonly frame: Rect
  readonly source: SourceImage
  readonly reveal: Reveal
}

/**
 * What is revealed and is not part of the picture yet, and how far the brush's source reaches. A stroke repaints what it
 * changes, at most once a frame.
 */
export function RevealLayer({ view, frame, source, reveal }: RevealLayerProps) {
  const ref = useRef<HTMLCanvasElement>(null)
  const colorSpace = shownSpace(baseOf(source).pixels.profile)
  useLayoutEffect(() => {
    const context = ref.current?.getContext('2d', { colorSpace })
    if (!context) return undefined
    const dirty = new DirtyRegion()
    let request = 0
    const paint = () => {
      request = 0
      const rect = dirty.take()
      const drawn = isEmptyRect(rect) ? null : reveal.draw(source, rect)
      if (!drawn) return
      const { image } = drawn
      const levels = [canvasOf(image, colorSpace)]
      drawOver(context, view, frame, [{ levels, at: drawn.rect, opaque: isOpaque(image), colorSpace }])
    }
    /** With the frame in which the picture is drawn that has the strokes. */
    const restart = () => {
      cancelAnimationFrame(request)
      dirty.take()
      dirty.add(reveal.unsettled())
      request = requestAnimationFrame(() => {
        clearCanvas(context, view)
        paint()
      })
    }
    restart()
    const unsubscribe = reveal.editor.subscribe({
      dirty(rect) {
        dirty.add(rect)
        if (request === 0) request = requestAnimationFrame(paint)
      },
      change({ kind }) {
        if (kind === 'cancel') restart()
      },
    })
    return () => {
      unsubscribe()
      cancelAnimationFrame(request)
    }
  }, [view, frame, source, reveal, colorSpace])
  const { x, y, width, height } = view.canvas
  const { rect } = reveal.source
  const from = imageToScreen(view, rect)
  const to = imageToScreen(view, { x: rect.x + rect.width, y: rect.y + rect.height })
  return (
    <>
      <canvas
        key={colorSpace}
        ref={ref}
        className={paneStyles.picture}
        style={{ left: x, top: y, width, height, pointerEvents: 'none' }}
        data-layer="reveal"
      />
      {!containsRect(rect, frame) && (
        <div
          className={styles.reach}
          style={{
            transform: `translate(${from.x}px, ${from.y}px)`,
            width: to.x - from.x,
            height: to.y - from.y,
          }}
        />
      )}
    </>
  )
}

function canvasOf(image: RgbaImage, colorSpace: PredefinedColorSpace): OffscreenCanvas {
  const { data, width, height } = colorSpace === 'srgb' ? convertColors(image) : toDisplayP3(image)
  const canvas = new OffscreenCanvas(width, height)
  canvas
    .getContext('2d', { colorSpace })!
    .putImageData(new ImageData(data, width, height, { colorSpace }), 0, 0)
  return canvas
}
