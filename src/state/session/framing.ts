import { isFrame, maskBeyond, thereBefore } from '../../core/frame/frameEdits'
import { outpaintFields, outpaintPreset } from '../../core/frame/outpaintFields'
import { AppError } from '../../core/errors'
import { isEqual } from '../../core/document/equality'
import { containsRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { rotatedSize } from '../../core/image/rotate'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Forms } from '../model/forms'
import { selectModel, selectTakesMask } from '../model/formSelectors'
import type { StoreApi } from 'zustand/vanilla'
import type { Ports } from '../ports'
import type { LazyRoom } from '../shell/lazyRoom'
import type { Messages } from '../shell/messages'
import type { ToolSettings } from '../shell/toolSettings'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom } from '../shell/viewport'
import { areasAfter } from './frameAreas'
import { type ChosenFrame, createFrameDrafting, type FrameDrafting, type FramingState } from './frameDraft'
import type { Opener } from './opener'
import { frameStep, type TurnChange, turnStep } from './pictureSteps'
import type { PatchesRoom } from './patchesRoom'
import type { Session } from './session'
import { baseOf, closeLevels, pictureSize } from './source'
import { turnPicture } from './turnPicture'

interface FramingRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly forms: Forms
  readonly session: Session
  readonly tools: ToolSettings
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly opener: Opener
  readonly patches: LazyRoom<PatchesRoom>
}

/**
 * Extends, crops and turns the open picture. Nothing of the picture, its kept results and its mask is lost: a larger frame
 * brings it back, and Undo goes back to what was there.
 */
export function createFraming(rooms: FramingRooms, store: StoreApi<FramingState>): FrameDrafting {
  const { ports, messages, forms, session, tools, view, viewport, opener, patches } = rooms
  const refuse = ({ width, height }: Size) => {
    messages.report(new AppError('image/frame', { params: { width, height } }))
    return false
  }
  const fit = (frame: Rect) => {
    tools.fitBrush(frame)
    viewport.set(null)
    forms.fitSize(frame)
    view.showEdit()
  }
  /** A model that extends by itself gets the sides, or its preset; the picture stays as it is. */
  const asksModel = (frame: Rect, base: Rect, byModel: boolean): boolean => {
    const context = forms.context()
    const model = selectModel(context)
    const preset = byModel ? (outpaintPreset(model.fields, frame, base)?.fields ?? null) : null
    if (!preset && (selectTakesMask(context) || !containsRect(frame, base))) return false
    const fields = preset ?? outpaintFields(model.fields, frame, base)
    if (!fields) return false
    forms.setFields(fields)
    messages.notify('outpaint-set', { names: Object.keys(fields).join(', ') })
    return true
  }
  /**
   * What is made of the open picture, begun anew where that is changed meanwhile.
   * @param discard frees what is made in vain
   * @returns null where it is not open any more
   */
  const madeOf = async <Made>(
    editor: MaskEditor,
    make: () => Promise<Made>,
    discard: (made: Made) => void,
  ): Promise<Made | null> => {
    while (session.editor() === editor) {
      const { edits } = editor
      const made = await make()
      if (session.editor() === editor) editor.finish()
      if (session.editor() === editor && editor.edits === edits) return made
      discard(made)
    }
    return null
  }
  /** @returns false where the frame shows nothing of the picture, or is over the limits, or the picture is not open any more */
  const set = async ({ frame, overlapPx, byModel }: ChosenFrame): Promise<boolean> => {
    const { source, frame: before, editor } = session.store.getState()
    if (!source || !before || !editor) return false
    const base = rectOf(pictureSize(source))
    if (!isFrame(frame, base)) return refuse(frame)
    if (isEqual(frame, before)) return true
    if (asksModel(frame, base, byModel)) return true
    editor.finish()
    const step = await madeOf(
      editor,
      async () => {
        const { frame: shown } = session.store.getState()
        const mask = maskBeyond(frame, thereBefore(shown ?? before, base), overlapPx)
        const edit = { kind: 'frame', frame, mask } as const
        return frameStep(edit, await areasAfter(ports, editor, edit))
      },
      () => {},
    )
    if (!step) return false
    session.change(step)
    fit(frame)
    return true
  }
  /** @returns false where that is over the limits, or something else was opened meanwhile */
  const rotate = async (degrees: number, chosen: ChosenFrame): Promise<boolean> => {
    await session.settle()
    if (!(await set(chosen))) return false
    const { source, frame, editor } = session.store.getState()
    if (!source || !frame || !editor) return false
    const size = rectOf(rotatedSize(frame, degrees))
    if (!isFrame(size, size)) return refuse(size)
    editor.finish()
    return opener.replace(source.name, async () => {
      const { pixels, composer } = await patches.load()
      const discard = ({ result }: TurnChange) => {
        composer.discard(result, null)
        closeLevels(baseOf(result).levels)
      }
      const made = await madeOf(
        editor,
        async () => {
          const { source: now, frame: shown, regions, sent } = session.store.getState()
          const parts = { source: now ?? source, frame: shown ?? frame, editor, regions, sent }
          const turned = await turnPicture({ ports, composer }, parts, degrees)
          return { turned, areas: await areasAfter(ports, editor, turned.edit) }
        },
        ({ turned }) => discard(turned),
      )
      if (!made) return null
      const { edit, result } = made.turned
      return {
        isEdit: true,
        commit() {
          const { key, file } = baseOf(result)
          if (file) pixels.hold(key, file)
          session.change(turnStep(made.turned, made.areas))
          fit(edit.frame)
        },
        discard: () => discard(made.turned),
      }
    })
  }
  return createFrameDrafting({ ...rooms, set, rotate }, store)
}
