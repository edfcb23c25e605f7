import type { StoreApi } from 'zustand/vanilla'
import { isEqual } from '../../core/document/equality'
import { DEFAULT_SENT, type SentArea } from '../../core/document/sentArea'
import { containsRect, EMPTY_RECT, type Rect, type Size } from '../../core/geometry'
import { DEFAULT_CONTEXT, MAX_CONTEXT } from '../../core/image/contextLimits'
import { maskBounds } from '../../core/mask/mask'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { allowedSizes, closestModelSize, requestedSize } from '../../core/prediction/modelSize'
import { enlargement, MAX_ENLARGEMENT, type Relief, reliefOf } from '../../core/run/enlargement'
import { anchored } from '../../core/rectHandles'
import { draggedRegion, type RegionDrag, snappedWidth } from '../../core/run/regionHandles'
import { contextOf, maskInside, type SendPlan } from '../../core/run/sendPlan'
import type { AttachedChange } from '../../editor/undoStep'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Forms } from '../model/forms'
import { selectModel, selectValues } from '../model/formSelectors'
import type { Models } from '../model/models'
import type { Session } from '../session/session'
import type { SettingsRoom } from '../shell/settings'
import type { InputPreparer } from './prepareInput'
import { sendOptions } from './sendOptions'
import { sentPlan } from './sentPlan'

/** What a run would send, as it is shown. */
export interface SentPart extends SendPlan {
  /** The model works at a size of its own. */
  readonly fixedSize: boolean
  /** How much around the mask it holds, percents; what comes closest for a chosen part. */
  readonly context: number
  readonly isWhole: boolean
  /** How much of the mask lies in it; null where nothing is masked, or the model takes no mask. */
  readonly mask: 'all' | 'part' | 'none' | null
  /** What would keep fine detail; null where none is lost, or nothing helps. */
  readonly relief: Relief | null
}

export interface SendingState {
  /** null where no picture is open. */
  readonly part: SentPart | null
}

/** Chooses what of the picture a run sends. */
export interface Sending {
  readonly store: StoreApi<SendingState>
  /** Brings what is shown up to date with the open document. */
  refresh(): void
  /** Shows another part while it is dragged: no step yet. */
  choose(sent: SentArea): void
  /**
   * Drags the part by a handle: no step yet. Where the model has sizes, an edge goes through the shapes that it takes.
   * @param from where the part lay when the drag began, px of the picture
   * @param reach how far it snaps, image px
   */
  drag(from: Rect, drag: Omit<RegionDrag, 'keepsShape'>, reach: number): void
  /** Sends the whole picture, or no longer all of it: one step. */
  setWhole(whole: boolean): void
  /** Sends the mask with its usual surroundings again: one step. */
  reset(): void
  /** What was chosen since the last step becomes one. */
  settle(): void
  /** Takes back what was chosen since the last step. */
  cancel(): void
  /** Shrinks the part, or has the model work at a larger size, so that no fine detail is lost: one step. */
  relieve(): void
}

interface SendingRooms {
  readonly session: Session
  readonly settings: SettingsRoom
  readonly models: Models
  readonly forms: Forms
  readonly inputs: InputPreparer
}

/** Tried in turn where less than the whole picture is wanted, percents: a large mask fills it at the usual one. */
const PART_CONTEXTS = [DEFAULT_CONTEXT, DEFAULT_CONTEXT / 2, 0]

/** After a stroke the page draws a frame or two before its bounds are read, ms. */
const STROKE_END_MS = 100

/** What one step changes. */
interface Choice {
  readonly sent: SentArea
  /** What the form's size fields hold. */
  readonly size: Size | null
}

export function createSending(rooms: SendingRooms, store: StoreApi<SendingState>): Sending {
  const { session, settings, models, forms, inputs } = rooms
  let begun: { readonly editor: MaskEditor; readonly choice: Choice } | null = null
  let asked = 0
  let known: { readonly editor: MaskEditor; readonly edits: number; readonly bounds: Rect } | null = null

  /** Of the mask; read again only where it has changed. */
  const boundsOf = (editor: MaskEditor): Rect => {
    const { edits, mask } = editor
    if (known?.editor !== editor || known.edits !== edits) known = { editor, edits, bounds: maskBounds(mask) }
    return known.bounds
  }

  const sizeNow = () => requestedSize(selectModel(forms.context()).fields, selectValues(forms.context()))
  const choiceNow = (): Choice => ({ sent: session.store.getState().sent, size: sizeNow() })

  const hold = ({ sent, size }: Choice) => {
    const { fields } = selectModel(forms.context())
    const width = fieldByRole(fields, 'width')
    const height = fieldByRole(fields, 'height')
    if (size && width && height && !isEqual(size, sizeNow()))
      forms.setFields({ [width.name]: size.width, [height.name]: size.height })
    if (!isEqual(sent, session.store.getState().sent)) session.store.setState({ sent })
  }

  const change = (choice: Choice) => {
    const { editor } = session.store.getState()
    if (!editor) return
    if (begun?.editor !== editor) begun = { editor, choice: choiceNow() }
    hold(choice)
  }

  const optionsNow = () => sendOptions(session.store.getState(), forms.context())

  const refresh = () => {
    const now = ++asked
    const options = optionsNow()
    const { editor } = session.store.getState()
    // What is being drawn counts once it is done.
    if (options && editor?.isDrawing && store.getState().part) return
    if (!options) {
      store.setState({ part: null })
      return
    }
    const { mask, fields, values, fixedSize, sent, frame, maskUrl } = options
    const bounds = mask && editor ? boundsOf(editor) : EMPTY_RECT
    const requested = fixedSize ? requestedSize(fields, values) : null
    const request = { sent, frame, bounds, fixedSize, requested, scale: 1 }
    const partOf = (plan: SendPlan): SentPart => {
      const isWhole = containsRect(plan.region, frame)
      return {
        ...plan,
        fixedSize,

        context: contextShown(sent, isWhole) ?? contextOf(request, plan),
        isWhole,
        mask: bounds.width > 0 ? maskInside(bounds, plan) : null,
        relief:
          fixedSize && enlargement(plan) >= MAX_ENLARGEMENT ? reliefOf(request, allowedSizes(fields)) : null,
      }
    }
    const show = (part: SentPart) => {
      if (now === asked && !isEqual(part, store.getState().part)) store.setState({ part })
    }
    show(partOf(sentPlan(options, bounds)))
    // Reading the picture's address takes a moment.
    if (maskUrl !== null) void inputs.plan(options).then(({ region, size }) => show(partOf({ region, size })))
  }

  let due: ReturnType<typeof setTimeout> | undefined
  const refreshSoon = () => {
    due ??= setTimeout(() => {
      due = undefined
      refresh()
    }, STROKE_END_MS)
  }

  session.store.subscribe((now, before) => {
    // The end of a stroke is seen first.
    if (now.revision === before.revision || now.editor !== before.editor || !store.getState().part) refresh()
    else refreshSoon()
  })
  forms.store.subscribe(refresh)
  settings.store.subscribe(refresh)
  models.store.subscribe(refresh)
  refresh()

  const sending: Sending = {
    store,
    refresh,
    choose: (sent) => change({ sent, size: sizeNow() }),
    drag(from, drag, reach) {
      const options = optionsNow()
      if (!options) return
      const { fields, fixedSize, frame } = options
      const size = fixedSize ? sizeNow() : null
      const { handle } = drag
      const isCorner = handle.length === 2
      const dragged = draggedRegion(from, { ...drag, keepsShape: size !== null }, frame)
      if (handle === 'move' || !fixedSize) change({ sent: { kind: 'rect', rect: dragged }, size })
      else if (size && isCorner) {
        const width = snappedWidth(dragged.width, size, reach)
        const height = Math.round((width * size.height) / size.width)
        change({ sent: { kind: 'rect', rect: anchored(from, handle, { width, height }) }, size })
      } else {
        const shape = size && closestModelSize(fields, dragged)
        change({ sent: { kind: 'rect', rect: dragged }, size: shape ?? size })
      }
    },
    setWhole(whole) {
      const contexts = whole ? [MAX_CONTEXT] : PART_CONTEXTS
      for (const context of contexts) {
        sending.choose({ kind: 'around', context })
        refresh()
        if (store.getState().part?.isWhole === whole) break
      }
      sending.settle()
    },
    reset() {
      sending.choose(DEFAULT_SENT)
      sending.settle()
    },
    settle() {
      const { editor } = session.store.getState()
      const before = begun?.editor === editor ? begun?.choice : null
      begun = null
      const after = choiceNow()
      if (!editor || !before || isEqual(before, after)) return
      const step: AttachedChange = {
        bytes: 256,
        undo: () => hold(before),
        redo: () => hold(after),
      }
      editor.attach({ kind: 'sent', sent: after.sent }, step, null)
    },
    cancel() {
      if (begun && begun.editor === session.store.getState().editor) hold(begun.choice)
      begun = null
    },
    relieve() {
      const relief = store.getState().part?.relief
      if (!relief) return
      const { sent, size } = choiceNow()
      const { context } = relief
      change({ sent: context === null ? sent : { kind: 'around', context }, size: relief.size ?? size })
      sending.settle()
    },
  }
  return sending
}

/** A context that was asked for stands, or its slider could not be moved away from the whole picture. */
function contextShown(sent: SentArea, isWhole: boolean): number | null {
  if (sent.kind === 'around' && sent.context !== DEFAULT_CONTEXT) return sent.context
  return isWhole ? MAX_CONTEXT : null
}
