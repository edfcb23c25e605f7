import { faded } from '../../core/document/composePatch'
import { reachOf, softCoverage } from '../../core/document/coverage'
import { extendCoverage, rememberCoverage, replayCoverage } from '../../core/document/coverageReplay'
import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import type { PatchEdit } from '../../core/document/edits'
import { isEqual } from '../../core/document/equality'
import { applyTone } from '../../core/document/tone'
import {
  EMPTY_RECT,
  grownBy,
  intersectRect,
  isEmptyRect,
  movedRect,
  type Rect,
  rectOf,
  unionRect,
} from '../../core/geometry'
import { pasteBack } from '../../core/image/composite'
import { cropRgba, type RgbaImage } from '../../core/image/raster'
import type { MaskCommand } from '../../core/mask/command/maskCommand'
import type { Mask } from '../../core/mask/mask'
import { MaskEditor } from '../../editor/maskEditor'
import type { Messages } from '../shell/messages'
import { patchStep, type PictureEdit } from './pictureSteps'
import { readPicture, withPatches } from './patches'
import type { Reveal, RevealSource } from './patchStore'
import type { Session } from './session'
import { patchesOf, shownPatches } from './source'

/** A finished stroke that is no step yet. */
interface PendingStroke {
  readonly command: MaskCommand
  /** All that is painted once it is done. */
  readonly mask: Mask
  /** Image px. */
  readonly changed: Rect
  isTakenBack: boolean
}

export interface RevealRooms {
  readonly messages: Messages
  readonly session: Session
  readonly prepare: (make: (patches: readonly Patch[]) => PatchEdit | null) => Promise<PictureEdit | null>
}

export interface OpenReveal extends Reveal {
  /** Finishes the open stroke. @returns resolved when all are steps */
  close(): Promise<void>
}

/**
 * The reveal brush over the open picture: each stroke is a step of the document. What it paints lies on top; where
 * something else comes to lie there, the next stroke starts a result of its own.
 * @param own pixels of the source
 * @param frame of the document
 */
export function openReveal(
  { messages, session, prepare }: RevealRooms,
  source: RevealSource,
  own: RgbaImage,
  frame: Rect,
): OpenReveal {
  const editor = new MaskEditor(frame)
  const { opened } = session.store.getState()
  const pending: PendingStroke[] = []
  let queue: Promise<void> = Promise.resolve()
  /** The commands that the editor's mask is made of, without those of pending strokes; undefined where it is out of date. */
  let painted: readonly MaskCommand[] | null | undefined = null
  let unsettled = EMPTY_RECT
  let stroke = EMPTY_RECT
  const fresh: Patch = {
    id: crypto.randomUUID(),
    ...source,
    coverage: [],
    coverageFrame: frame,
    blend: PLAIN_BLEND,
    visible: true,
  }
  const reachable = intersectRect(source.rect, frame)

  const isOpen = () => session.store.getState().opened === opened
  const top = () => {
    const picture = session.store.getState().source
    return picture && topOf(patchesOf(picture), source, frame)
  }

  /** Once nothing is being painted, the mask is what the picture has. */
  const settle = () => {
    if (pending.length > 0 || editor.isDrawing || !isOpen()) return
    unsettled = EMPTY_RECT
    const patch = top()
    if ((patch?.coverage ?? null) === painted) return
    painted = patch?.coverage ?? null
    const { tiles } = editor.mask
    const now = patch ? replayCoverage(patch).mask.tiles : tiles.map(() => null)
    tiles.splice(0, tiles.length, ...now)
  }

  const plainEditOf = (patches: readonly Patch[], command: MaskCommand, changed: Rect): PatchEdit | null => {
    if (isEmptyRect(intersectRect(changed, reachable))) return null
    const patch = topOf(patches, source, frame)
    if (patch) return { kind: 'patch.paint', id: patch.id, command }
    // Nothing is there that could be erased.
    if ('mode' in command && command.mode === 'erase') return null
    return { kind: 'patch.add', patch: { ...fresh, coverage: [command] }, place: patches.length }
  }

  /** The same, whose coverage is known as it was drawn. */
  const editOf = (patches: readonly Patch[], { command, mask, changed }: PendingStroke): PatchEdit | null => {
    const edit = plainEditOf(patches, command, changed)
    const patch = topOf(patches, source, frame)
    if ((patch?.coverage ?? null) !== painted) return edit
    if (edit?.kind === 'patch.add')
      rememberCoverage(edit.patch.coverage, { mask, around: changed, changed: null })
    else if (edit && patch) {
      const around = unionRect(replayCoverage(patch).around, changed)
      rememberCoverage(extendCoverage(patch.coverage, command), { mask, around, changed })
    }
    return edit
  }

  const apply = async (earlier: Promise<void>, one: PendingStroke) => {
    await earlier
    try {
      const change = await prepare((patches) => (one.isTakenBack || !isOpen() ? null : editOf(patches, one)))
      if (change && !one.isTakenBack && isOpen()) {
        session.change(patchStep(change, null))
        painted = top()?.coverage ?? null
      } else painted = undefined
    } catch (error) {
      painted = undefined
      messages.report(error)
    } finally {
      if (pending.includes(one)) pending.splice(pending.indexOf(one), 1)
      settle()
    }
  }

  const stopListening = editor.subscribe({
    dirty(rect) {
      stroke = unionRect(stroke, intersectRect(rect, frame))
      unsettled = unionRect(unsettled, intersectRect(rect, frame))
    },
    change(change) {
      // The first dab is drawn before its gesture has begun.
      if (change.kind === 'begin') return
      const changed = stroke
      stroke = EMPTY_RECT
      const command = change.kind === 'do' ? change.step.command : null
      if (!command) {
        settle()
        return
      }
      const mask = { ...editor.mask, tiles: [...editor.mask.tiles] }
      const one = { command, mask, changed, isTakenBack: false }
      pending.push(one)
      queue = apply(queue, one)
    },
  })
  const stopWatching = session.store.subscribe((now, before) => {
    if (now.source !== before.source) settle()
  })
  settle()

  return {
    source,
    editor,
    draw(picture, around) {
      const patch = topOf(patchesOf(picture), source, frame)
      const { blend } = patch ?? fresh
      const rect = intersectRect(grownBy(around, reachOf(blend)), reachable)
      if (isEmptyRect(rect)) return null
      const below = patch ? withPatches(picture, shownPatches(picture).slice(0, -1)) : picture
      const coverage = softCoverage({ mask: editor.mask, around: frame }, patch ?? fresh, rect)
      const part = cropRgba(own, movedRect(rect, -source.rect.x, -source.rect.y))
      // A stroke goes on with the colours that the rest of its result has; they are measured anew once it is a step.
      const tone = patch && shownPatches(picture).at(-1)?.layers[0]?.tone
      if (tone) applyTone(part, rect, tone, true)
      const image = pasteBack(readPicture(below, rect), part, faded(coverage, blend.opacity), rectOf(rect))
      return { rect, image }
    },
    unsettled: () => unsettled,
    drawn() {
      const picture = session.store.getState().source
      const command = editor.drawn?.command
      if (!picture || !command || pending.length > 0 || !isOpen()) return null
      return plainEditOf(patchesOf(picture), command, stroke)
    },
    takeBack() {
      if (editor.isDrawing) return editor.cancel()
      const last = pending.pop()
      if (!last) return false
      last.isTakenBack = true
      editor.undo()
      return true
    },
    settle() {
      editor.finish()
      return pending.length > 0 ? queue : null
    },
    async close() {
      editor.finish()
      await queue
      stopListening()
      stopWatching()
    },
  }
}

/** The result on top, where it is of this source and can be painted further. */
export function topOf(patches: readonly Patch[], { pixels, rect }: RevealSource, frame: Rect): Patch | null {
  const top = patches.at(-1)
  const isOfSource = top?.pixels === pixels && isEqual(top.rect, rect) && isEqual(top.coverageFrame, frame)
  return top && isOfSource && top.visible && top.blend.opacity > 0 ? top : null
}
