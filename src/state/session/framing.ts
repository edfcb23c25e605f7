import { isFrame, maskBeyond } from '../../core/frame/frameEdits'
import { outpaintFields, outpaintPreset } from '../../core/frame/outpaintFields'
import { AppError } from '../../core/errors'
import { isEqual } from '../../core/document/equality'
import { containsRect, type Rect, rectOf, type Size } from '../../core/geometry'
import { rotatedSize } from '../../core/image/rotate'
import type { Forms } from '../model/forms'
import { selectModel, selectTakesMask } from '../model/formSelectors'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Opener } from './opener'
import type { Session } from './session'
import { closeLevels, pictureSize, type SourceImage } from './source'
import { turnPicture } from './turnPicture'

interface FramingRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly forms: Forms
  readonly session: Session
  readonly opener: Opener
  /** Pictures that were made of another one. */
  readonly derived: WeakSet<SourceImage>
}

export interface Framing {
  /**
   * Shows another part of the open picture: larger than it to extend, smaller to crop. Nothing of the picture, its kept
   * results and its mask is lost: a larger frame brings it back, and Undo goes back to what was there.
   * @param frame px of the base
   * @param overlapPx how far the mask of what is added reaches into what was there
   * @param byModel the model's own preset is set in the form instead, where it has one like the frame
   * @returns false where the frame shows nothing of the picture, or is over the limits
   */
  set(frame: Rect, overlapPx: number, byModel?: boolean): boolean
  /**
   * Turns what is shown, as a picture of its own: Undo goes back to the one before.
   * @param degrees clockwise; corners that other than quarter turns bare are masked
   * @param chosen set first, so that it is turned along
   * @returns false where that is over the limits, or something else was opened meanwhile
   */
  rotate(degrees: number, chosen?: ChosenFrame): Promise<boolean>
}

/** @see Framing.set */
interface ChosenFrame {
  readonly frame: Rect
  readonly overlapPx: number
  readonly byModel: boolean
}

export function createFraming({ ports, messages, forms, session, opener, derived }: FramingRooms): Framing {
  const refuse = ({ width, height }: Size) => {
    messages.report(new AppError('image/frame', { params: { width, height } }))
    return false
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
  const framing: Framing = {
    set(frame, overlapPx, byModel = false) {
      const { source, frame: before, editor, sent, regions } = session.store.getState()
      if (!source || !before || !editor) return false
      const base = rectOf(pictureSize(source))
      if (!isFrame(frame, base)) return refuse(frame)
      if (isEqual(frame, before)) return true
      if (asksModel(frame, base, byModel)) return true
      editor.finish()
      // What the frame before had added had its mask then.
      const there = containsRect(before, base) ? before : base
      const commands = [...editor.commands, ...maskBeyond(frame, there, overlapPx)]
      derived.add(source)
      const [sampling, guides] = [editor.commandsOf('sampling'), editor.commandsOf('guides')]
      opener.show({ source, frame, commands, sampling, guides, sent, regions, settled: true }, true)
      return true
    },
    async rotate(degrees, chosen) {
      if (chosen && !framing.set(chosen.frame, chosen.overlapPx, chosen.byModel)) return false
      const { source, frame, editor } = session.store.getState()
      if (!source || !frame || !editor) return false
      const size = rectOf(rotatedSize(frame, degrees))
      if (!isFrame(size, size)) return refuse(size)
      editor.finish()
      return opener.replace(source.name, async () => {
        const turned = await turnPicture(ports, source, frame, editor.mask, degrees)
        derived.add(turned.source)
        return {
          commit: () => opener.show(turned, true),
          discard: () => closeLevels(turned.source.levels),
        }
      })
    },
  }
  return framing
}
