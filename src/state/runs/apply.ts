import { maskOfRun } from '../../core/document/codec/recordCodec'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import { closeLevels, type Session } from '../session/session'
import type { Messages } from '../shell/messages'
import { compositeOf } from './outputs'
import type { ReadyOutput, Run } from './runs'

/** The file's name without its ending, safe to save under. */
export function stem(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]+/gu, '_') || 'image'
}

/** The name of a picture after a result was applied to it. */
export function editedName(name: string): string {
  return `${stem(name).replace(/-edited$/, '')}-edited.png`
}

/** Makes an output the open picture. @param keepMask with the run's mask, or an empty one */
export type ApplyOutput = (run: Run, output: ReadyOutput, keepMask: boolean) => Promise<boolean>

interface ApplyRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
}

export function createApplyOutput({ ports, messages, session, opener }: ApplyRooms): ApplyOutput {
  const { codec } = ports
  /** Until the next step, which its Undo would take back instead. */
  const sayApplied = () => {
    messages.notify('applied')
    const { revision } = session.store.getState()
    const unsubscribe = session.store.subscribe((now) => {
      if (now.revision === revision) return
      unsubscribe()
      messages.dismissNotice('applied')
    })
  }
  return async ({ source, record }, output, keepMask) => {
    if (!source) return false
    const name = editedName(source.name)
    const applied = await opener.replace(name, async () => {
      const pixels = compositeOf(source, output)
      const [file, shown] = await Promise.all([codec.encodePng(pixels), codec.levels(pixels)])
      const commands = keepMask && !output.whole ? maskOfRun(record.document) : []
      const link = { kind: 'file' as const, name, sha256: null }
      const opened = { key: crypto.randomUUID(), name, pixels, ...shown, file, link }
      return {
        commit: () => opener.show({ source: opened, commands, settled: true }, false),
        discard: () => closeLevels(shown.levels),
      }
    })
    if (applied) sayApplied()
    return applied
  }
}
