import { create } from 'zustand'
import { clamp, type Size } from '../core/geometry'
import { MAX_BRUSH_SIZE } from '../core/mask/command/maskCodec'
import type { ColorSelection } from '../core/mask/select/colorSelect'
import type { BrushSettings } from '../editor/tool'

export const MASK_VIEWS = ['overlay', 'maskOnly', 'hidden'] as const

/** How the mask is shown. */
export interface Overlay {
  /** `#rrggbb`. */
  readonly color: string
  /** Percent. */
  readonly opacity: number
  readonly view: (typeof MASK_VIEWS)[number]
}

interface EditorStore {
  readonly toolId: string
  readonly brush: BrushSettings
  /** The size was chosen by hand: it no longer follows the picture. */
  readonly sizeChosen: boolean
  readonly wand: ColorSelection
  readonly overlay: Overlay
  /** A pen's pressure scales the brush. */
  readonly usePressure: boolean
  /** A pen has touched the canvas: from then on fingers only move the view. */
  readonly penSeen: boolean
  /** Space is held: the hand works whatever tool is chosen. */
  readonly handHeld: boolean
  readonly setTool: (id: string) => void
  readonly setBrush: (change: Partial<BrushSettings>) => void
  readonly setWand: (change: Partial<ColorSelection>) => void
  readonly setOverlay: (change: Partial<Overlay>) => void
  readonly setPressure: (usePressure: boolean) => void
  readonly seePen: () => void
  readonly toggleMask: () => void
  readonly holdHand: (handHeld: boolean) => void
}

export const BRUSH_LIMITS = {
  size: [1, MAX_BRUSH_SIZE],
  hardness: [0, 100],
  opacity: [1, 100],
} as const satisfies Record<keyof BrushSettings, readonly [number, number]>

export const useEditor = create<EditorStore>()((set) => ({
  toolId: 'brush',
  brush: { size: 40, hardness: 80, opacity: 100 },
  sizeChosen: false,
  wand: { tolerance: 32, contiguous: true, sample: 3 },
  overlay: { color: '#ff263e', opacity: 50, view: 'overlay' },
  usePressure: true,
  penSeen: false,
  handHeld: false,
  setTool: (toolId) => set({ toolId }),
  setBrush: (change) =>
    set(({ brush, sizeChosen }) => {
      const next: { -readonly [Key in keyof BrushSettings]: number } = { ...brush }
      for (const key of ['size', 'hardness', 'opacity'] as const) {
        const value = change[key]
        const [low, high] = BRUSH_LIMITS[key]
        if (value !== undefined && Number.isFinite(value)) next[key] = clamp(Math.round(value), low, high)
      }
      return { brush: next, sizeChosen: sizeChosen || change.size !== undefined }
    }),
  setWand: (change) => set(({ wand }) => ({ wand: { ...wand, ...change } })),
  setOverlay: (change) => set(({ overlay }) => ({ overlay: { ...overlay, ...change } })),
  setPressure: (usePressure) => set({ usePressure }),
  seePen: () => set({ penSeen: true }),
  toggleMask: () =>
    set(({ overlay }) => ({
      overlay: { ...overlay, view: overlay.view === 'hidden' ? 'overlay' : 'hidden' },
    })),
  holdHand: (handHeld) => set({ handHeld }),
}))

/** The step of the [ and ] keys: a tenth of the size, at least 1 px. */
export function brushSizeStep(size: number, direction: 1 | -1): number {
  const step = Math.max(1, Math.round(size * 0.12))
  return direction > 0 ? size + step : size - step
}

/** A brush that suits the picture: an eighth of its short side, until the user chooses a size. */
export function fitBrush({ width, height }: Size): void {
  useEditor.setState(({ brush, sizeChosen }) =>
    sizeChosen
      ? {}
      : { brush: { ...brush, size: clamp(Math.round(Math.min(width, height) / 8), 1, MAX_BRUSH_SIZE) } },
  )
}
