import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PaintArea } from '../../core/document/document'
import { clamp, type Size } from '../../core/geometry'
import { MAX_BRUSH_SIZE } from '../../core/mask/maskLimits'
import type { ColorSelection } from '../../core/mask/select/colorSelect'
import { type BrushSettings, type PointerInput, selects, type Tool } from '../../editor/tool'

export const MASK_VIEWS = ['overlay', 'maskOnly', 'hidden'] as const

/** How the mask is shown. */
export interface Overlay {
  /** `#rrggbb`. */
  readonly color: string
  /** Percent. */
  readonly opacity: number
  readonly view: (typeof MASK_VIEWS)[number]
}

/** What a selection does to the mask. */
export const COMBINATIONS = ['add', 'subtract', 'intersect'] as const

export interface ToolState {
  readonly toolId: string
  /** What the tools paint where the backend heeds a sampling area. */
  readonly paints: Exclude<PaintArea, 'guides'>
  readonly brush: BrushSettings
  /** The size was chosen by hand: it no longer follows the picture. */
  readonly sizeChosen: boolean
  readonly wand: ColorSelection
  readonly combine: (typeof COMBINATIONS)[number]
  readonly overlay: Overlay
  /** A pen's pressure scales the brush. */
  readonly usePressure: boolean
  /** A pen has touched the canvas: from then on fingers only move the view. */
  readonly penSeen: boolean
  /** Space is held: the hand works whatever tool is chosen. */
  readonly handHeld: boolean
}

export const BRUSH_LIMITS = {
  size: [1, MAX_BRUSH_SIZE],
  hardness: [0, 100],
  opacity: [1, 100],
} as const satisfies Record<Exclude<keyof BrushSettings, 'smoothEdge'>, readonly [number, number]>

export interface ToolSettings {
  readonly store: StoreApi<ToolState>
  setTool(id: string): void
  setPaints(paints: ToolState['paints']): void
  /** Exchanges brush and eraser. */
  swapBrush(): void
  /**
   * The tool that a pointer uses: the hand while it is held. Once there is a pen, a finger or a palm only moves the view.
   * @param pointerType of the pointer event; a pen is remembered
   */
  toolFor(pointerType: string): string
  /** The brush at this moment. */
  brushNow(): Pick<ToolState, 'brush' | 'usePressure'>
  /** One step of the keys for size: 12 %, at least 1 px. */
  stepSize(direction: 1 | -1): void
  /** @param by percent */
  stepHardness(by: number): void
  /** Numbers are rounded and kept within `BRUSH_LIMITS`. */
  setBrush(change: Partial<BrushSettings>): void
  setCombine(combine: ToolState['combine']): void
  /** What the tool's selection does to the mask besides adding to it. */
  combining(tool: Tool): Pick<PointerInput, 'erase' | 'intersect'>
  setWand(change: Partial<ColorSelection>): void
  setOverlay(change: Partial<Overlay>): void
  setPressure(usePressure: boolean): void
  toggleMask(): void
  holdHand(handHeld: boolean): void
  /** A brush that suits the picture: an eighth of its short side, until the user chooses a size. */
  fitBrush(picture: Size): void
}

export function createToolSettings(): ToolSettings {
  const store = createStore<ToolState>()(() => ({
    toolId: 'brush',
    paints: 'mask',
    brush: { size: 40, hardness: 80, opacity: 100, smoothEdge: true },
    sizeChosen: false,
    combine: 'add',
    wand: { tolerance: 32, contiguous: true, sample: 3 },
    overlay: { color: '#ff263e', opacity: 50, view: 'overlay' },
    usePressure: true,
    penSeen: false,
    handHeld: false,
  }))
  const set = store.setState
  const setBrush = (change: Partial<BrushSettings>) =>
    set(({ brush, sizeChosen }) => ({
      brush: limited(brush, change),
      sizeChosen: sizeChosen || change.size !== undefined,
    }))
  return {
    store,
    setTool: (toolId) => set({ toolId }),
    setPaints: (paints) => set({ paints }),
    swapBrush: () => set(({ toolId }) => ({ toolId: toolId === 'brush' ? 'eraser' : 'brush' })),
    toolFor(pointerType) {
      const { toolId, handHeld, penSeen } = store.getState()
      if (pointerType === 'pen' && !penSeen) set({ penSeen: true })
      const isResting = penSeen && pointerType === 'touch'
      return handHeld || isResting ? 'hand' : toolId
    },
    brushNow() {
      const { brush, usePressure } = store.getState()
      return { brush, usePressure }
    },
    stepSize: (direction) => setBrush({ size: brushSizeStep(store.getState().brush.size, direction) }),
    stepHardness: (by) => setBrush({ hardness: store.getState().brush.hardness + by }),
    setBrush,
    setCombine: (combine) => set({ combine }),
    combining(tool) {
      const { combine } = store.getState()
      const isSelection = selects(tool)
      return {
        erase: isSelection && combine === 'subtract',
        intersect: isSelection && combine === 'intersect',
      }
    },
    setWand: (change) => set(({ wand }) => ({ wand: { ...wand, ...change } })),
    setOverlay: (change) => set(({ overlay }) => ({ overlay: { ...overlay, ...change } })),
    setPressure: (usePressure) => set({ usePressure }),
    toggleMask: () =>
      set(({ overlay }) => ({
        overlay: { ...overlay, view: overlay.view === 'hidden' ? 'overlay' : 'hidden' },
      })),
    holdHand: (handHeld) => set({ handHeld }),
    fitBrush: ({ width, height }) =>
      set(({ brush, sizeChosen }) =>
        sizeChosen ? {} : { brush: limited(brush, { size: Math.min(width, height) / 8 }) },
      ),
  }
}

function limited(brush: BrushSettings, change: Partial<BrushSettings>): BrushSettings {
  const next: { -readonly [Key in keyof BrushSettings]: BrushSettings[Key] } = {
    ...brush,
    smoothEdge: change.smoothEdge ?? brush.smoothEdge,
  }
  for (const key of ['size', 'hardness', 'opacity'] as const) {
    const value = change[key]
    const [low, high] = BRUSH_LIMITS[key]
    if (value !== undefined && Number.isFinite(value)) next[key] = clamp(Math.round(value), low, high)
  }
  return next
}

/** 12 % of the size, at least 1 px. */
function brushSizeStep(size: number, direction: 1 | -1): number {
  const step = Math.max(1, Math.round(size * 0.12))
  return direction > 0 ? size + step : size - step
}
