import { maskOfRun } from '../../core/document/codec/recordCodec'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import { closeLevels } from '../session/session'
import { compositeOf } from './outputs'
import type { ReadyOutput, Run } from './runs'

/** The file's name without its ending, safe to save under. */
export function stem(name: string): string {
  return name.replace(/\.[a-z0-9]{1,5}$/i, '').replace(/[^\p{L}\p{N} ._-]+/gu, '_') || 'image'
}

/** Makes an output the open picture. @param keepMask with the run's mask, or an empty one */
export type ApplyOutput = (run: Run, output: ReadyOutput, keepMask: boolean) => Promise<boolean>

export function createApplyOutput({ codec }: Ports, opener: Opener): ApplyOutput {
  return async ({ source, record }, output, keepMask) => {
    if (!source) return false
    const name = `${stem(source.name).replace(/-edit-\d+$/, '')}-edit-${output.place + 1}.png`
    return opener.replace(name, async () => {
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
  }
}
