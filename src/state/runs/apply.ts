import type { Patch } from '../../core/document/document'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import type { Prepared } from '../session/replacePicture'
import type { PatchesRoom } from '../session/patchesRoom'
import { patchStep } from '../session/pictureSteps'
import { closeLevels, patchesOf, type SourceImage } from '../session/source'
import { editedName } from '../session/pictureName'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import { isOfOne, patchOfOutput } from './outputPatch'
import { pictureOfRun } from './pictureOfRun'
import type { ReadyOutput, Run } from './runs'

/** Puts an output into the picture, as one step. @param keepMask leaves the mask as it is; else it becomes empty */
export type ApplyOutput = (run: Run, output: ReadyOutput, keepMask: boolean) => Promise<boolean>

interface ApplyRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
  readonly view: ViewRoom
  readonly patches: PatchesRoom
  /** Outputs that were opened as pictures of their own. */
  readonly derived: WeakSet<SourceImage>
}

export function createApplyOutput(rooms: ApplyRooms): ApplyOutput {
  const { ports, messages, session, opener, view, patches, derived } = rooms
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

  /** Onto the open picture. */
  const overOpen = async (patch: Patch, keepMask: boolean): Promise<Prepared | null> => {
    await session.settle()
    const change = await patches.prepare(({ length }) => ({ kind: 'patch.add', patch, place: length }))
    return (
      change && {
        isEdit: true,
        commit() {
          session.change(patchStep(change, keepMask ? null : { kind: 'clear' }))
          view.showEdit()
        },
        discard: () => patches.composer.discard(change.result, session.store.getState().source),
      }
    )
  }

  /** Something else is open: the run's picture comes back, with the output. */
  const overRuns = async (source: SourceImage, { record }: Run, patch: Patch, keepMask: boolean) => {
    const result = await patches.composer.compose(source, [...patchesOf(source), patch])
    const opened = pictureOfRun(record, result)
    return {
      commit: () => opener.show(keepMask ? opened : { ...opened, commands: [] }, false),
      discard: () => patches.composer.discard(result, source),
    }
  }

  /** It is a picture of its own, of another size. */
  const alone = async (source: SourceImage, output: ReadyOutput) => {
    const crop = await output.crop.read()
    const name = editedName(source.name)
    const [file, shown] = await Promise.all([codec.encodePng(crop), codec.levels(crop)])
    const link = { kind: 'file' as const, name, sha256: null }
    const opened = { key: crypto.randomUUID(), name, pixels: crop, ...shown, file, link }
    derived.add(opened)
    return {
      commit: () => opener.show({ source: opened, settled: true }, false),
      discard: () => closeLevels(shown.levels),
    }
  }

  return async (run, output, keepMask) => {
    const { source } = run
    if (!source) return false
    const applied = await opener.replace(null, async (): Promise<Prepared | null> => {
      if (output.whole) return alone(source, output)
      const patch = await patchOfOutput(patches, run, output)
      const open = session.store.getState().source
      return open && isOfOne(open, run) ? overOpen(patch, keepMask) : overRuns(source, run, patch, keepMask)
    })
    if (applied) sayApplied()
    return applied
  }
}
