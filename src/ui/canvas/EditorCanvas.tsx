import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { clamp, type ImagePoint, rectOf, type ScreenPoint } from '../../core/geometry'
import { cssScale, imageToScreen, panBy, type View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { PointerInput } from '../../editor/tool'
import { toolById } from '../../editor/toolRegistry'
import { useCompare } from '../../state/compareStore'
import { useEditor } from '../../state/editorStore'
import { selectAt } from '../../state/maskController'
import { type SourceImage, undo } from '../../state/sessionStore'
import { drawnView, useViewport, viewOf } from '../../state/viewportStore'
import { useT } from '../useT'
import { BrushRing, ringTransform } from './BrushRing'
import { grayColors, overlayColors } from './drawMask'
import { MaskLayer } from './MaskLayer'
import { PreviewLayer } from './PreviewLayer'
import { PictureStage } from './PictureStage'
import { type PointerGesture, useCanvasInput } from './useCanvasInput'
import { usePane } from './usePane'

interface EditorCanvasProps {
  readonly source: SourceImage
  readonly editor: MaskEditor
}

/** The drawing surface: picture, mask, brush ring and crosshair. */
export function EditorCanvas({ source, editor }: EditorCanvasProps) {
  const t = useT()
  const ref = useRef<HTMLDivElement>(null)
  const penSeen = useRef(false)
  const pane = usePane(ref)
  const viewport = useViewport((state) => state.viewport)
  const setViewport = useViewport((state) => state.set)
  const setPane = useViewport((state) => state.setPane)
  const { toolId, overlay, handHeld } = useEditor()
  const peek = useCompare((state) => state.peek)
  // Where the pointer came in; from there on the ring is moved without a render.
  const [entered, setEntered] = useState<ScreenPoint | null>(null)
  const ringRef = useRef<HTMLDivElement>(null)
  const [cross, setCross] = useState<ImagePoint | null>(null)
  const tool = toolById(handHeld ? 'hand' : toolId)

  useEffect(() => {
    if (pane) setPane(pane)
  }, [pane, setPane])

  const view = useMemo(
    () => (pane ? drawnView(viewport, source.pixels, pane) : null),
    [viewport, source, pane],
  )
  const colors = useMemo(() => {
    if (overlay.view === 'hidden') return null
    return overlay.view === 'maskOnly' ? grayColors() : overlayColors(overlay.color, overlay.opacity)
  }, [overlay])
  const layers = useMemo(
    () => [{ levels: source.levels, at: rectOf(source.pixels), opaque: source.opaque }],
    [source],
  )

  // Read at the moment of the event: several moves can come between two renders.
  const currentView = useCallback(
    () => (pane ? viewOf(useViewport.getState().viewport, source.pixels, pane) : null),
    [pane, source],
  )
  const pan = useCallback(
    (dx: number, dy: number) => {
      const now = currentView()
      if (now) setViewport(panBy(now, dx, dy))
    },
    [currentView, setViewport],
  )
  const begin = useCallback(
    (input: PointerInput, event: PointerEvent): PointerGesture => {
      const { toolId: id, handHeld: held, brush } = useEditor.getState()
      if (event.pointerType === 'pen') penSeen.current = true
      // Once there is a pen, a finger or a palm only moves the view.
      const resting = penSeen.current && event.pointerType === 'touch'
      const used = toolById(event.button === 1 || held || resting ? 'hand' : id)
      editor.begin(used, input, { brush, pan, select: selectAt })
      setCross(null)
      return {
        move: (inputs) => inputs.forEach((next) => editor.move(next)),
        end: () => editor.release(),
        cancel: () => editor.cancel(),
      }
    },
    [editor, pan],
  )
  const hover = useCallback(
    (input: PointerInput | null) => {
      if (!input) setEntered(null)
      else if (ringRef.current) ringRef.current.style.transform = ringTransform(input.screen)
      else setEntered(input.screen)
      if (input && editor.isBetweenClicks) editor.move(input)
    },
    [editor],
  )
  const tap = useCallback(
    (fingers: number) => {
      if (fingers === 2) undo()
      else if (fingers === 3) editor.redo()
    },
    [editor],
  )
  useCanvasInput(ref, { view: currentView, setViewport, begin, hover, tap })

  const onKeyDown = (event: KeyboardEvent) => {
    if (!view || event.target !== ref.current || event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? 10 : 1
    const moves: Record<string, readonly [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    }
    const by = moves[event.key]
    if (by) {
      event.preventDefault()
      const from = cross ?? crosshairStart(source.pixels)
      setCross({
        x: clamp(from.x + by[0], 0, source.pixels.width),
        y: clamp(from.y + by[1], 0, source.pixels.height),
      })
    } else if (event.key === 'Enter' && editor.isBetweenClicks && !cross) {
      event.preventDefault()
      editor.finish()
    } else if (event.key === 'Enter' && cross && tool.options) {
      event.preventDefault()
      const { brush } = useEditor.getState()
      const screen = imageToScreen(view, cross)
      editor.begin(
        tool,
        { point: cross, screen, pressure: null, shift: event.shiftKey, erase: event.altKey },
        { brush, pan, select: selectAt },
      )
      editor.finish()
    }
  }

  return (
    // The drawing surface is operated by keys of its own; it is a region, as it holds the editor's views.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={ref}
      className={`canvas cursor-${tool.cursor}`}
      aria-label={t('canvas.label')}
      aria-describedby="canvas-hint"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => setCross(null)}
    >
      {view && (
        <PictureStage view={view} layers={layers}>
          <MaskLayer editor={editor} view={view} colors={peek ? null : colors} />
          <PreviewLayer editor={editor} view={view} />
        </PictureStage>
      )}
      {view && entered && !cross && tool.cursor === 'brush' && (
        <BrushRing ref={ringRef} at={entered} scale={cssScale(view)} />
      )}
      <p id="canvas-hint" className="visually-hidden">
        {t('canvas.hint')}
      </p>
      {view && cross && <Crosshair view={view} point={cross} />}
    </section>
  )
}

function crosshairStart({ width, height }: { width: number; height: number }): ImagePoint {
  return { x: Math.floor(width / 2), y: Math.floor(height / 2) }
}

function Crosshair({ view, point }: { readonly view: View; readonly point: ImagePoint }) {
  const t = useT()
  const at = imageToScreen(view, point)
  return (
    <>
      <div className="crosshair" style={{ transform: `translate(${at.x}px, ${at.y}px)` }} />
      <BrushRing at={at} scale={cssScale(view)} />
      <output className="visually-hidden">{t('canvas.position', { x: point.x, y: point.y })}</output>
    </>
  )
}
