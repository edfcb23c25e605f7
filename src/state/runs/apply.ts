import { maskOfRun, samplingOfRun } from '../../core/document/codec/recordCodec'
import type { RgbaImage } from '../../core/image/raster'
import { readMask } from '../../core/mask/mask'
import type { Ports } from '../ports'
import type { Opener, Prepared } from '../session/opener'
import { readPicture, withPatch } from '../session/patches'
import { type AppliedPatch, baseOf, closeLevels, lineOf, type SourceImage } from '../session/source'
import { editedName } from '../session/pictureName'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import { maskOfRecord } from './liveRun'
import type { ReadyOutput, Run } from './runs'

/** Puts an output into the picture, as one step. @param keepMask leaves the mask as it is; else it becomes empty */
export type ApplyOutput = (run: Run, output: ReadyOutput, keepMask: boolean) => Promise<boolean>

interface ApplyRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
  readonly view: ViewRoom
}

export function createApplyOutput({ ports, messages, session, opener, view }: ApplyRooms): ApplyOutput {
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

  const patchOf = async (crop: RgbaImage, { rect }: ReadyOutput): Promise<AppliedPatch> => {
    const shown = await codec.levels(crop)
    return { id: crypto.randomUUID(), rect, crop, ...shown }
  }

  /** Onto the open picture. */
  const overOpen = async (open: SourceImage, run: Run, output: ReadyOutput, keepMask: boolean) => {
    const patch = await patchOf(cropOver(open, run, output), output)
    return {
      commit() {
        session.applyPatch(patch, keepMask ? null : { kind: 'clear' })
        view.showEdit()
      },
      discard: () => closeLevels(patch.levels),
    }
  }

  /** Something else is open: the run's picture comes back, with the output. */
  const overRuns = async (source: SourceImage, run: Run, output: ReadyOutput, keepMask: boolean) => {
    const patch = await patchOf(output.crop, output)
    const { document } = run.record
    const commands = keepMask ? maskOfRun(document) : []
    const { frame } = document
    const sampling = samplingOfRun(document)
    const opened = { source: withPatch(source, patch), frame, commands, sampling, settled: true }
    return {
      commit: () => opener.show(opened, false),
      discard: () => closeLevels(patch.levels),
    }
  }

  /** It is a picture of its own, of another size. */
  const alone = async (source: SourceImage, { crop }: ReadyOutput) => {
    const name = editedName(source.name)
    const [file, shown] = await Promise.all([codec.encodePng(crop), codec.levels(crop)])
    const link = { kind: 'file' as const, name, sha256: null }
    const opened = { key: crypto.randomUUID(), name, pixels: crop, ...shown, file, link }
    return {
      commit: () => opener.show({ source: opened, settled: true }, false),
      discard: () => closeLevels(shown.levels),
    }
  }

  return async (run, output, keepMask) => {
    const { source } = run
    if (!source) return false
    const applied = await opener.replace(null, async (): Promise<Prepared> => {
      if (output.whole) return alone(source, output)
      const open = session.store.getState().source
      return open && isOfOne(open, source)
        ? overOpen(open, run, output, keepMask)
        : overRuns(source, run, output, keepMask)
    })
    if (applied) sayApplied()
    return applied
  }
}

/** True where both come from one file, whatever was applied to either. */
function isOfOne(open: SourceImage, source: SourceImage): boolean {
  return lineOf(open).some((key) => key === baseOf(source).key || key === source.key)
}

/** The output's pixels over its rectangle of the open picture, which may have changed since the run was started. */
function cropOver(open: SourceImage, { source, record }: Run, { crop, rect }: ReadyOutput): RgbaImage {
  if (open.key === source?.key || !source) return crop
  const out = readPicture(open, rect)
  const before = readPicture(source, rect)
  const mask = maskOfRecord(record)
  const coverage = mask && readMask(mask, rect)
  const [to, from, was] = [out, crop, before].map(({ data }) => new Uint32Array(data.buffer, data.byteOffset))
  for (let p = 0; p < to.length; p++) {
    const isMasked = coverage === null || coverage.data[p] > 0
    if (isMasked || from[p] !== was[p]) to[p] = from[p]
  }
  return out
}
