import { coverageMask } from '../../core/document/coverage'
import type { Blend, Patch } from '../../core/document/document'
import type { PatchEdit } from '../../core/document/edits'
import { isEqual } from '../../core/document/equality'
import { containsPoint, EMPTY_RECT, type ImagePoint, intersectRect, isEmptyRect } from '../../core/geometry'
import type { LiveView } from '../../core/document/liveBlend'
import { seenOn } from '../../core/viewport'
import type { LiveLayer } from '../../platform/patchApi'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { ViewportRoom } from '../shell/viewport'
import { patchStep, type PictureEdit } from './pictureSteps'
import type { PatchComposer } from './patchComposer'
import type { PatchSelection } from './patchStore'
import type { PixelStore } from './pixelStore'
import type { Session } from './session'
import { ownPixels } from './patches'
import { patchesOf, shownPatches, type SourceImage } from './source'

/** A value that is neither held nor changed for this long becomes a step, ms. */
const REST_MS = 600
/** Grid that the seen part is rounded out to, px of the screen. */
const VIEW_GRID = 64

export interface PatchEdits {
  setVisible(id: string, visible: boolean): Promise<void>
  remove(id: string): Promise<void>
  /** @param by places, upwards above 0 */
  move(id: string, by: number): Promise<void>
  /**
   * Changes a blend live; all changes until `settle` are one step.
   * @param held until it is let go: without it the blend settles by itself
   */
  adjust(id: string, change: Partial<Blend>, held?: boolean): void
  /** The pending blend becomes a step. @returns resolved when nothing is pending */
  settle(): Promise<void>
  /** Chooses the topmost result that counts at a point. @returns false where there is none */
  selectAt(point: ImagePoint): boolean
}

interface EditRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly viewport: ViewportRoom
  readonly selection: PatchSelection
  readonly pixels: PixelStore
  readonly composer: PatchComposer
  readonly prepare: (make: (patches: readonly Patch[]) => PatchEdit | null) => Promise<PictureEdit | null>
}

export function createPatchEdits(rooms: EditRooms): PatchEdits {
  const { ports, messages, session, viewport, selection, pixels, composer, prepare } = rooms
  const { store } = selection
  let queue: Promise<void> = Promise.resolve()
  let rest: ReturnType<typeof setTimeout> | undefined
  let isDrawing = false
  /** The picture changes by an edit of this room. */
  let isOwn = false
  /** The picture and result that the worker has open. */
  let live: { readonly source: SourceImage; readonly id: string } | null = null
  /** Drawn until the next frame. */
  let retired: LiveLayer | null = null

  const retire = (layer: LiveLayer | null) => {
    for (const level of retired?.levels ?? []) level.close()
    retired = layer
  }

  session.store.subscribe((now, before) => {
    if (now.source === before.source) return
    live = null
    const { pending, preview } = store.getState()
    if (pending && isOwn) {
      // Changed further while its step was computed.
      const patch = now.source && patchesOf(now.source).find(({ id }) => id === pending.id)
      if (patch && !isEqual(patch.blend, pending.blend)) {
        void draw()
        return
      }
    }
    retire(preview)
    store.setState({ pending: null, preview: null })
  })

  const run = async (
    earlier: Promise<void>,
    make: Parameters<typeof prepare>[0],
    isTakenBack: () => boolean,
  ) => {
    await earlier
    try {
      const change = await prepare(make)
      if (!change) return
      if (isTakenBack()) {
        composer.discard(change.result, session.store.getState().source)
        return
      }
      isOwn = true
      session.change(patchStep(change, null))
      isOwn = false
    } catch (error) {
      messages.report(error)
    }
  }

  /** @param isTakenBack asked again once the edit is computed */
  const edit = (make: Parameters<typeof prepare>[0], isTakenBack = () => false) => {
    queue = run(queue, make, isTakenBack)
    return queue
  }

  const openLive = async (source: SourceImage, patch: Patch) => {
    const place = patchesOf(source).indexOf(patch)
    const over = shownPatches(source).slice(place + 1)
    const above = over.filter(({ layers }) =>
      layers.some(({ rect }) => !isEmptyRect(intersectRect(rect, patch.rect))),
    )
    const own = await ownPixels(pixels, source, patch)
    const others = await Promise.all(above.map(({ patch: one }) => ownPixels(pixels, source, one)))
    if (!own || others.includes(null)) return false
    const below = await composer.below(source, place)
    const withPixels = above.map((one, i) => ({ patch: one.patch, pixels: others[i]! }))
    await ports.patches.openLive({ patch, pixels: own, below, above: withPixels })
    live = { source, id: patch.id }
    return true
  }

  /** What the screen shows, on a grid: a short pan draws nothing anew. */
  const viewNow = (): LiveView => {
    const { pane } = viewport.store.getState()
    const { frame } = session.store.getState()
    if (!pane || !frame) return { seen: frame ?? EMPTY_RECT, scale: 1 }
    const view = viewport.viewNow(frame, pane)
    const scale = 2 ** Math.max(0, Math.floor(-Math.log2(view.zoom)))
    return { seen: seenOn(view, VIEW_GRID * scale), scale }
  }

  /** Draws the newest blend until it is shown: of values that come faster than they are drawn only the last counts. */
  const draw = async () => {
    if (isDrawing) return
    isDrawing = true
    try {
      for (let drawn: readonly [Blend, LiveView] | null = null; ;) {
        const { source } = session.store.getState()
        const { pending } = store.getState()
        const patch = pending && source ? patchesOf(source).find(({ id }) => id === pending.id) : undefined
        const view = viewNow()
        if (!pending || !source || !patch || isEqual([pending.blend, view], drawn)) return
        if (live?.source !== source || live.id !== patch.id) {
          if (!(await openLive(source, patch))) return
          continue
        }
        drawn = [pending.blend, view]
        const preview = await ports.patches.drawLive(...drawn)
        const isWanted =
          session.store.getState().source === source && store.getState().pending?.id === pending.id
        if (isWanted) {
          retire(store.getState().preview)
          store.setState({ preview })
        } else for (const level of preview?.levels ?? []) level.close()
      }
    } catch (error) {
      live = null
      messages.report(error)
    } finally {
      isDrawing = false
    }
  }

  viewport.store.subscribe(() => {
    if (store.getState().pending) void draw()
  })

  const settle = () => {
    clearTimeout(rest)
    const { pending } = store.getState()
    if (!pending) return queue
    const { id, blend } = pending
    const takes = selection.takes()
    const isTakenBack = () => selection.takes() !== takes
    return edit((patches) => {
      if (isTakenBack()) return null
      const patch = patches.find((one) => one.id === id)
      if (patch && !isEqual(patch.blend, blend)) return { kind: 'patch.blend', id, blend }
      if (store.getState().pending === pending) store.setState({ pending: null, preview: null })
      return null
    }, isTakenBack)
  }

  selection.onSettle(settle)

  return {
    async setVisible(id, visible) {
      await settle()
      await edit(() => ({ kind: 'patch.visible', id, visible }))
    },
    async remove(id) {
      await settle()
      await edit(() => ({ kind: 'patch.remove', id }))
    },
    async move(id, by) {
      await settle()
      await edit((patches) => {
        const from = patches.findIndex((patch) => patch.id === id)
        const place = Math.min(patches.length - 1, Math.max(0, from + by))
        return from < 0 || place === from ? null : { kind: 'patch.move', id, place }
      })
    },
    adjust(id, change, held = false) {
      const { source } = session.store.getState()
      const patch = source ? patchesOf(source).find((one) => one.id === id) : undefined
      if (!patch) return
      const { pending } = store.getState()
      if (pending && pending.id !== id) void settle()
      const blend = { ...(pending?.id === id ? pending.blend : patch.blend), ...change }
      store.setState({ pending: { id, blend } })
      clearTimeout(rest)
      if (!held) rest = setTimeout(() => void settle(), REST_MS)
      void draw()
    },
    settle,
    selectAt(point) {
      const { source } = session.store.getState()
      const at = { x: Math.floor(point.x), y: Math.floor(point.y), width: 1, height: 1 }
      const hit = source
        ? shownPatches(source).findLast(
            ({ patch, layers }) =>
              layers.some(({ rect }) => containsPoint(rect, point)) && coverageMask(patch, at).data[0] > 0,
          )
        : undefined
      if (hit) selection.select(hit.patch.id)
      return hit !== undefined
    },
  }
}
