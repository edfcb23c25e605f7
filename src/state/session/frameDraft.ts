import type { StoreApi } from 'zustand/vanilla'
import {
  changedDraft,
  type FrameChange,
  type FrameDraft,
  newFrameDraft,
  seenOf,
} from '../../core/frame/frameDraft'
import { type OutpaintPreset, outpaintPreset } from '../../core/frame/outpaintFields'
import { grownBy, type Rect, rectOf } from '../../core/geometry'
import type { FormContext } from '../model/formSelectors'
import type { Forms } from '../model/forms'
import { selectBackend, selectModel } from '../model/formSelectors'
import type { ViewRoom } from '../shell/view'
import type { Shown, ViewportRoom } from '../shell/viewport'
import type { Session } from './session'
import { baseOf, pictureSize } from './source'

export interface FramingState {
  /** null while no frame is being chosen. */
  readonly draft: FrameDraft | null
  /** What the canvas shows meanwhile, px of the base. */
  readonly seen: Rect | null
}

/** What is to be shown of the open picture. */
export interface ChosenFrame {
  /** px of the base; larger than what is shown to extend, smaller to crop. */
  readonly frame: Rect
  /** How far the mask of what is added reaches into what was there. */
  readonly overlapPx: number
  /** The model's own preset is set in the form instead, where it has one like the frame. */
  readonly byModel: boolean
}

interface DraftRooms {
  readonly session: Session
  readonly forms: Forms
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly set: (chosen: ChosenFrame) => Promise<boolean>
  readonly rotate: (degrees: number, chosen: ChosenFrame) => Promise<boolean>
}

/** The frame that is being chosen on the canvas. It is left, with nothing done, as `view.framing` goes. */
export interface FrameDrafting {
  begin(): void
  /** @param isHeld the view stays under the pointer; else one that fits the pane fits the new frame */
  edit(change: FrameChange, isHeld?: boolean): void
  /** @returns false where the frame cannot be open: it is still being chosen then */
  apply(): Promise<boolean>
  /** Applies the frame and turns it; the turned one is being chosen then. @param degrees clockwise */
  turn(degrees: number): Promise<boolean>
}

/** Room around what is shown, in parts of its longer side: there an edge is dragged to. */
const ROOM = 0.12
const ALL: Shown = { viewport: null, part: null }

export function createFrameDrafting(rooms: DraftRooms, store: StoreApi<FramingState>): FrameDrafting {
  const { session, forms, view, viewport } = rooms
  /** What the canvas showed before. */
  let shown = ALL
  let isTurning = false
  let isApplying = false

  const put = (draft: FrameDraft | null) => store.setState({ draft, seen: draft && seenOf(draft) })
  const fit = () => {
    const { seen } = store.getState()
    if (seen) viewport.show({ viewport: null, part: grownBy(seen, ROOM * Math.max(seen.width, seen.height)) })
  }
  /** @returns false where nothing is open */
  const start = (): boolean => {
    const { source, frame } = session.store.getState()
    if (!source || !frame) return false
    const draft = newFrameDraft(frame, rectOf(pictureSize(baseOf(source))))
    put(draft)
    fit()
    return true
  }
  const chosen = (draft: FrameDraft): ChosenFrame => ({
    frame: draft.frame,
    overlapPx: draft.overlapPx,
    byModel: asksModel(forms.context(), draft),
  })
  view.store.subscribe(({ framing }) => {
    if (framing === 'picture' || !store.getState().draft) return
    put(null)
    viewport.show(shown)
  })
  viewport.store.subscribe((now) => {
    if (store.getState().draft && now.viewport === null && now.part === null) fit()
  })
  session.store.subscribe((now, before) => {
    if (!store.getState().draft || now.opened === before.opened) return
    // The new picture is shown as a whole.
    shown = ALL
    const isSame = now.source && before.source && baseOf(now.source) === baseOf(before.source)
    if (!(isSame || isTurning) || !start()) view.setFraming(null)
  })

  return {
    begin() {
      if (store.getState().draft) return
      session.editor()?.finish()
      const { viewport: own, part } = viewport.store.getState()
      shown = { viewport: own, part }
      if (start()) view.setFraming('picture')
    },
    edit(change, isHeld = false) {
      const { draft } = store.getState()
      if (!draft) return
      put(changedDraft(draft, change))
      if (!isHeld && viewport.store.getState().viewport === null) fit()
    },
    async apply() {
      const { draft } = store.getState()
      if (!draft || isTurning || isApplying) return false
      isApplying = true
      try {
        if (!(await rooms.set(chosen(draft)))) return false
        view.setFraming(null)
        return true
      } finally {
        isApplying = false
      }
    },
    async turn(degrees) {
      const { draft } = store.getState()
      if (!draft || isTurning || isApplying) return false
      isTurning = true
      try {
        return await rooms.rotate(degrees, chosen(draft))
      } finally {
        isTurning = false
      }
    },
  }
}

/** The preset of the chosen model that extends as the draft does; null where it has none. */
export function presetOf(context: FormContext, { frame, base }: FrameDraft): OutpaintPreset | null {
  const hasModel = selectBackend(context.settings).models !== 'none'
  return hasModel ? outpaintPreset(selectModel(context).fields, frame, base) : null
}

/** True where the model is asked to extend the picture by its own preset: nothing is masked then. */
export function asksModel(context: FormContext, draft: FrameDraft): boolean {
  const preset = presetOf(context, draft)
  return preset !== null && (draft.byModel ?? preset.isExact)
}
