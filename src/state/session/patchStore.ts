import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Blend, Patch } from '../../core/document/document'
import type { PatchEdit } from '../../core/document/edits'
import type { Rect } from '../../core/geometry'
import type { RgbaImage } from '../../core/image/raster'
import type { MaskEditor } from '../../editor/maskEditor'
import { patchesOf, shownPatches, type SourceImage } from './source'
import type { LiveLayer } from '../../platform/patchApi'

/** A blend that is being changed, and is no step yet. */
export interface PendingBlend {
  readonly id: string
  readonly blend: Blend
}

/** What the reveal brush paints with: an output, or the picture as it was opened. */
export type RevealSource = Pick<Patch, 'from' | 'pixels' | 'rect'>

/** The reveal brush in use. */
export interface Reveal {
  readonly source: RevealSource
  /** Its mask is what is painted: the picture shows the source there. */
  readonly editor: MaskEditor
  /**
   * The picture with all that is painted, strokes that are no step yet included.
   * @param picture the open one
   * @param around image px
   * @returns the part of it that the brush can change; null where that is none
   */
  draw(picture: SourceImage, around: Rect): { readonly rect: Rect; readonly image: RgbaImage } | null
  /** Holds what is painted and not in the picture yet, image px. */
  unsettled(): Rect
  /** The edit that the open stroke would be if it ended now; null where it would be none, or one before it is none yet. */
  drawn(): PatchEdit | null
  /** Takes back the open stroke, or the newest that is no step yet. @returns false where there is none */
  takeBack(): boolean
  /** Finishes the open stroke. @returns resolved when all are steps; null where all are */
  settle(): Promise<void> | null
}

export interface PatchState {
  /** The kept result whose blend can be changed; null for none. */
  readonly selected: string | null
  readonly pending: PendingBlend | null
  /** Draws the result of the pending blend over the picture. */
  readonly preview: LiveLayer | null
  /** null while the brush paints the mask. */
  readonly reveal: Reveal | null
  /** What has changed outside all that is kept, as it was counted; null until it is. */
  readonly outside: { readonly count: number; readonly rects: readonly Rect[] } | null
}

/** What is being done to the kept results. */
export interface PatchSelection {
  readonly store: StoreApi<PatchState>
  select(id: string | null): void
  /** Counts what was taken back. */
  readonly takes: () => number
  /** Takes back a blend or a stroke that is no step yet. @returns false where there is none */
  takeBack(): boolean
  /** Makes steps of the blend and the strokes that are seen and are none yet. @returns null where there are none */
  settle(): Promise<unknown> | null
  /** @param settle makes a step of the pending blend */
  onSettle(settle: () => Promise<void>): void
}

export function createPatchSelection(): PatchSelection {
  const store = createStore<PatchState>()(() => ({
    selected: null,
    pending: null,
    preview: null,
    reveal: null,
    outside: null,
  }))
  let takes = 0
  let settleBlend: () => Promise<void> = () => Promise.resolve()
  return {
    store,
    takes: () => takes,
    select: (selected) => store.setState({ selected }),
    takeBack() {
      const { pending, reveal } = store.getState()
      if (reveal?.takeBack()) return true
      if (!pending) return false
      takes++
      store.setState({ pending: null, preview: null })
      return true
    },
    settle() {
      const { pending, reveal } = store.getState()
      const strokes = reveal?.settle() ?? null
      const blend = pending && settleBlend()
      return strokes && blend ? Promise.all([strokes, blend]) : (strokes ?? blend)
    },
    onSettle(settle) {
      settleBlend = settle
    },
  }
}

/** The chosen result with the blend that it is shown with; null where none is chosen, or it is gone. */
export function selectChosenPatch(state: {
  readonly session: { readonly source: SourceImage | null }
  readonly patches: PatchState
}): Patch | null {
  const { source } = state.session
  const { selected } = state.patches
  return (source && patchesOf(source).find(({ id }) => id === selected)) ?? null
}

/** The chosen kept result; null also where its pixels are gone. */
export function selectUsablePatch(state: Parameters<typeof selectChosenPatch>[0]): Patch | null {
  const { source } = state.session
  const chosen = selectChosenPatch(state)
  const isMissing = source && shownPatches(source).some((one) => one.patch === chosen && one.isMissing)
  return isMissing ? null : chosen
}
