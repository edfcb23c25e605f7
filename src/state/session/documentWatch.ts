import type { DocumentsRooms } from './documentOpener'
import type { Reveal } from './patchStore'
import type { SessionState } from './session'

/** What a change of what is open asks for. */
interface DocumentWatch {
  /** Another picture is open. */
  follow(now: SessionState, before: SessionState): void
  /** Something that goes on changing has changed: it is written once it rests. */
  rest(): void
  /** The picture looks different. */
  draw(now: SessionState): void
  /** The reveal brush is in use. @returns ends what that began; null for nothing */
  take(reveal: Reveal): (() => void) | null
}

/** Watches all that a document holds: picture, form, settings and view. */
export function watchDocument(
  { session, selection, forms, settings, models, viewport }: DocumentsRooms,
  { follow, rest, draw, take }: DocumentWatch,
): void {
  let stopReveal: (() => void) | null = null
  session.store.subscribe((now, before) => {
    if (now.editor !== before.editor) follow(now, before)
    if (now.sent !== before.sent) rest()
    if (now.source !== before.source || now.frame !== before.frame) draw(now)
  })
  selection.store.subscribe(({ reveal }, before) => {
    if (reveal === before.reveal) return
    stopReveal?.()
    stopReveal = reveal && take(reveal)
  })
  forms.store.subscribe((now, before) => {
    if (now.values !== before.values || now.options !== before.options) rest()
  })
  settings.store.subscribe(rest)
  models.store.subscribe(rest)
  viewport.store.subscribe((now, before) => {
    if (now.viewport !== before.viewport) rest()
  })
}
