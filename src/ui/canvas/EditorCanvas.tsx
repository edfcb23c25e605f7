import { clsx } from 'clsx'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Rect } from '../../core/geometry'
import type { PaintArea } from '../../core/document/document'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import { maskAt } from '../../core/mask/mask'
import { cssScale, panBy } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { PointerInput } from '../../editor/tool'
import { toolById } from '../../editor/toolRegistry'
import { useT } from '../hooks/useT'
import { useChoosePatch } from './useChoosePatch'
import { type FrameInput, showCursor } from './frameInput'
import { LazyGuideLayer, LazyOutsideLayer, LazyRemovalLayer } from './lazyLayers'
import { LazyFrameEdges } from './lazyFrameEdges'
import { LazyRegionOutlines } from './lazyRegionOutlines'
import { LazyRevealLayer } from './lazyRevealLayer'
import { LazySendFrame } from './lazySendFrame'
import { BrushRing } from './BrushRing'
import { Crosshair } from './Crosshair'
import { LateLoupe } from './lateLoupe'
import type { MaskDisplay } from './maskDisplay'
import { MaskLayer } from './MaskLayer'
import { PreviewLayer } from './PreviewLayer'
import { CanvasWork } from './CanvasWork'
import { PictureStage } from './PictureStage'
import { resizeGesture } from './resizeGesture'
import { type PointerGesture, useCanvasInput } from './useCanvasInput'
import { useBrushRing } from './useBrushRing'
import { useCrosshair } from './useCrosshair'
import { useMaskColors } from './useMaskColors'
import { usePane } from './usePane'
import text from '../kit/text.module.css'
import styles from './EditorCanvas.module.css'
import paneStyles from './pane.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { layersOfPicture } from '../../state/session/pictureLayers'
import type { SourceImage } from '../../state/session/source'
import { drawnView } from '../../state/shell/viewport'
import { selectTakesMask } from '../../state/model/formSelectors'
import { selectIsRunning } from '../../state/runs/runSelectors'
import { selectPaintArea, selectTakesGuides } from '../../state/session/paintArea'

interface EditorCanvasProps {
  readonly source: SourceImage
  readonly frame: Rect
  readonly editor: MaskEditor
}

/** The drawing surface: picture, mask, brush ring and crosshair. */
export function EditorCanvas({ source, frame, editor }: EditorCanvasProps) {
  const app = useApp()
  const t = useT()
  const ref = useRef<HTMLDivElement>(null)
  const pane = usePane(ref)
  const shown = useAppState(({ viewport }) => viewport)
  const { set: setViewport, setPane } = app.viewport
  const { toolId, handHeld } = useAppState(({ tools }) => tools)
  const { peek, framing } = useAppState(({ view: state }) => state)
  const displays = useRef(new Map<PaintArea, MaskDisplay>())
  const resizing = useRef(false)
  const frameInput = useRef<FrameInput>(null)
  // A model without a mask leaves nothing to paint: every tool pans.
  const masked = useAppState(selectTakesMask)
  const isRemoving = useAppState(({ removals }) => removals.pending.length > 0)
  const isChangedOutside = useAppState(({ patches }) => (patches.outside?.count ?? 0) > 0)
  const isRunning = useAppState(({ runs }) => selectIsRunning(runs, source.key))
  // What brush and eraser paint: the mask, or what is revealed of an output.
  const reveal = useAppState(({ patches }) => patches.reveal)
  const target = reveal?.editor ?? editor
  const isRevealing = reveal !== null
  const hidesMask = peek || isRevealing
  const tool = toolById(handHeld || !(masked || isRevealing) || framing ? 'hand' : toolId)

  useEffect(() => {
    if (pane) setPane(pane)
  }, [pane, setPane])

  const view = useMemo(() => (pane ? drawnView(shown, frame, pane) : null), [shown, frame, pane])
  const area = useAppState(selectPaintArea)
  const hasRegions = useAppState(({ session }) => session.regions.length > 0)
  const { colors, sampled } = useMaskColors(editor, masked)
  const isGuided = useAppState(selectTakesGuides) || tool.draws !== undefined
  const preview = useAppState(({ patches }) => patches.preview)
  const layers = useMemo(() => layersOfPicture(source, preview), [source, preview])

  // Read at the time of the event: several moves can come between two renders.
  const currentView = useCallback(() => (pane ? app.viewport.viewNow(frame, pane) : null), [app, pane, frame])
  const pan = useCallback(
    (dx: number, dy: number) => {
      const now = currentView()
      if (now) setViewport(panBy(now, dx, dy))
    },
    [currentView, setViewport],
  )
  const fill = useCallback((command: MaskCommand) => void app.fill(command), [app])
  const services = useCallback(() => {
    const painted = isRevealing ? ('mask' as const) : area
    return { ...app.tools.brushNow(), area: painted, pan, select: app.operations.select, fill }
  }, [app, isRevealing, area, pan, fill])
  const { usesPicture } = tool
  useEffect(() => {
    if (usesPicture) void app.operations.prepareSelecting(source, usesPicture)
  }, [app, usesPicture, source])
  const cross = useCrosshair({
    editor: target,
    tool,
    frame,
    view,
    services,
    combining: app.tools.combining,
  })
  const hideCross = cross.hide
  const { entered, ref: ringRef, follow, press, release } = useBrushRing(displays, currentView)
  const begin = useCallback(
    (input: PointerInput, event: PointerEvent): PointerGesture => {
      const onFrame = event.button === 0 ? frameInput.current?.begin(input) : null
      if (onFrame) return onFrame
      const isMiddle = event.button === 1
      const isMaskless = target === editor && !selectTakesMask(app.forms.context())
      const used = toolById(
        isMiddle || isMaskless || frameInput.current ? 'hand' : app.tools.toolFor(event.pointerType),
      )
      hideCross()
      if (event.altKey && event.button === 2 && used.cursor === 'brush') {
        resizing.current = true
        const { size } = app.tools.brushNow().brush
        const set = (next: number) => app.tools.setBrush({ size: next })
        return resizeGesture({ start: input.screen, size, set, over: () => (resizing.current = false) })
      }
      const { erase, intersect } = app.tools.combining(used)
      target.begin(used, { ...input, erase: input.erase || erase, intersect }, services())
      const finger = event.pointerType === 'touch' && used.cursor !== 'grab'
      const loupe = finger && ref.current ? new LateLoupe(ref.current, input.screen) : null
      if (used.cursor === 'brush') press(area)
      const over = () => {
        loupe?.remove()
        release()
      }
      return {
        move: (inputs) => {
          inputs.forEach((next) => target.move(next))
          const last = inputs.at(-1)
          if (last) loupe?.move(last.screen)
        },
        end: () => {
          over()
          target.release()
        },
        cancel: () => {
          over()
          target.cancel()
        },
      }
    },
    [app, editor, target, services, hideCross, area, press, release],
  )
  const hover = useCallback(
    (input: PointerInput | null) => {
      // The ring shows the new size where the drag began.
      if (resizing.current) return
      showCursor(ref.current, frameInput.current, input)
      follow(input?.screen ?? null)
      if (input && target.isBetweenClicks) target.move(input)
    },
    [target, follow],
  )
  const tap = useCallback(
    (fingers: number) => {
      if (fingers === 2) app.session.undo()
      else if (fingers === 3) app.session.redo()
    },
    [app],
  )
  const choose = useChoosePatch(ref, editor, currentView)
  const wheelZooms = () => app.state.read().settings.wheelZooms
  useCanvasInput(ref, {
    wheelZooms,
    view: currentView,
    setViewport,
    begin,
    hover,
    tap,
    ...(tool.cursor === 'brush' && { resize: app.tools.stepSize }),
  })

  return (
    // The drawing surface has keys of its own; it is a region because it contains the editor's views.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={ref}
      className={clsx(paneStyles.pane, paneStyles[tool.cursor], styles.canvas)}
      data-pane="editor"
      data-running={isRunning ? '' : undefined}
      aria-label={t('canvas.label')}
      aria-describedby="canvas-hint"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onKeyDown={cross.onKeyDown}
      onDoubleClick={choose}
      onBlur={hideCross}
    >
      {view && (
        <PictureStage view={view} frame={frame} layers={layers}>
          <MaskLayer
            editor={editor}
            area="mask"
            view={view}
            colors={hidesMask ? null : colors}
            displays={displays}
          />
          {sampled && (
            <MaskLayer
              editor={editor}
              area="sampling"
              view={view}
              colors={hidesMask ? null : sampled}
              displays={displays}
            />
          )}
          {isGuided && colors && !hidesMask && <LazyGuideLayer editor={editor} view={view} />}
          <PreviewLayer editor={target} view={view} />
          {isRemoving && <LazyRemovalLayer editor={editor} view={view} />}
          {isChangedOutside && <LazyOutsideLayer view={view} />}
        </PictureStage>
      )}
      {view && reveal && <LazyRevealLayer view={view} frame={frame} source={source} reveal={reveal} />}
      {view && entered && !cross.point && tool.cursor === 'brush' && (
        <BrushRing ref={ringRef} at={entered} scale={cssScale(view)} />
      )}
      {view && !hidesMask && hasRegions && <LazyRegionOutlines view={view} />}
      {view && framing !== 'picture' && <LazySendFrame view={view} input={frameInput} />}
      {view && framing === 'picture' && <LazyFrameEdges view={view} input={frameInput} />}
      <CanvasWork />
      <p id="canvas-hint" className={text.visuallyHidden}>
        {t('canvas.hint')}
      </p>
      {view && cross.point && (
        <Crosshair
          view={view}
          point={cross.point}
          masked={maskAt(target.mask, cross.point.x, cross.point.y)}
          coverage={cross.coverage}
          ring={tool.cursor === 'brush'}
        />
      )}
    </section>
  )
}
