import { AppError } from '../core/errors'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import type { DraftHead } from '../platform/database'
import { claimTab, loadDraft, saveDraftHead, tabId, writeJournal } from '../platform/draftStore'
import { loadSource, saveSource } from '../platform/runStore'
import { reportError } from './messageStore'
import { reopen, show } from './openImage'
import { type SourceImage, useSession } from './sessionStore'

let queue: Promise<void> = Promise.resolve()
let reported = false
let generation = 0

/** One write after the other; a failing storage is told of once, painting goes on. */
function enqueue(write: () => Promise<void>): void {
  queue = queue.then(write).catch((cause: unknown) => {
    if (!reported) reportError(new AppError('storage/unavailable', { cause }))
    reported = true
  })
}

/** Brings back what this tab had open before it was reloaded. @returns false where there is nothing */
export async function restoreDraft(): Promise<boolean> {
  await claimTab()
  const draft = await loadDraft()
  if (!draft) return false
  generation = draft.head.generation
  const { head, commands } = draft
  const blob = await loadSource(head.sourceKey)
  if (!blob) return false
  const source = await reopen(blob, head.sourceKey, head.name, linkOf(head))
  // Whoever opened something meanwhile wants that.
  if (useSession.getState().source) return false
  show(source, { commands, fitSize: false })
  return true
}

function linkOf({ sampleId, url, name }: DraftHead): SourceImage['link'] {
  if (sampleId) return { kind: 'sample', id: sampleId }
  return url ? { kind: 'url', url } : { kind: 'file', name, sha256: null }
}

/** Writes every change of the open picture's mask to disk as it happens. Call once. */
export function keepDrafts(): void {
  let unsubscribe = () => {}
  const follow = ({ editor, source }: ReturnType<typeof useSession.getState>) => {
    unsubscribe()
    if (!editor || !source) return
    const head = startDraft(source, editor.commands)
    unsubscribe = editor.subscribe({
      change: (change) => {
        if (change.kind === 'begin' || change.kind === 'cancel') return
        const place = editor.commands.length
        const command = change.kind === 'undo' ? null : change.command
        enqueue(() => writeJournal(head, command ? place - 1 : place, command))
      },
    })
  }
  if (useSession.getState().editor) follow(useSession.getState())
  useSession.subscribe((now, before) => {
    if (now.editor !== before.editor) follow(now)
  })
}

function startDraft(source: SourceImage, commands: readonly MaskCommand[]): DraftHead {
  generation += 1
  const { link } = source
  const head: DraftHead = {
    tabId: tabId(),
    sourceKey: source.key,
    name: source.name,
    url: link.kind === 'url' ? link.url : null,
    sampleId: link.kind === 'sample' ? link.id : null,
    generation,
  }
  // The head comes last: until it is written, the draft before is whole.
  enqueue(() => saveSource(source.key, source.file))
  commands.forEach((command, place) => enqueue(() => writeJournal(head, place, command)))
  enqueue(() => saveDraftHead(head))
  return head
}
