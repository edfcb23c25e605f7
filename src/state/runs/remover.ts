import { type Patch, PLAIN_BLEND } from '../../core/document/document'
import { isEmptyRect, movedRect, type Rect } from '../../core/geometry'
import { withProfileOf } from '../../core/image/raster'
import { surroundings } from '../../core/image/workRegion'
import { createMask, isMaskEmpty, type Mask, maskBounds, readMask } from '../../core/mask/mask'
import { guideLinesOf, guidesFrom } from '../../core/mask/command/guideLines'
import { type MaskCommand, replayCommands } from '../../core/mask/command/maskCommand'
import type { Ports } from '../ports'
import { selectTakesGuides, selectTakesSampling } from '../session/paintArea'
import { readPicture } from '../session/patches'
import type { PatchesRoom } from '../session/patchesRoom'
import { patchStep } from '../session/pictureSteps'
import { baseOf, patchesOf, type SourceImage } from '../session/source'
import type { Session } from '../session/session'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Messages } from '../shell/messages'
import type { SettingsRoom } from '../shell/settings'
import { fillOnDevice } from './deviceFill'
import { sampledRegion } from './sampledRegion'
import { placeAnswer } from './place'
import type { Removal, Removals } from './removals'

export interface Remover {
  /**
   * Fills what the command covers on this device and applies it, as one undo step. Fills are queued: each continues the
   * picture as it is when its turn comes. The mask is no part of it.
   * @returns resolved when it is applied, taken back, or has failed with a message
   */
  fill(command: MaskCommand): Promise<void>
}

interface RemoverRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly settings: SettingsRoom
  readonly removals: Removals
  readonly patches: PatchesRoom
}

export function createRemover(rooms: RemoverRooms): Remover {
  const { ports, messages, session, settings, removals, patches } = rooms
  let queue: Promise<void> = Promise.resolve()

  const isOpen = ({ editor: drawnOn, base }: Removal) => {
    const { editor, source } = session.store.getState()
    return editor === drawnOn && source !== null && baseOf(source) === base
  }

  const isWanted = (removal: Removal) => removals.has(removal) && isOpen(removal)

  /** The area that is shown; null where none is. */
  const samplingOf = ({ sampling }: MaskEditor): Mask | null =>
    selectTakesSampling({ settings: settings.store.getState() }) && !isMaskEmpty(sampling) ? sampling : null

  const guidesOf = (drawnOn: MaskEditor) =>
    selectTakesGuides({ settings: settings.store.getState() })
      ? guideLinesOf(drawnOn.commandsOf('guides'))
      : []

  const work = async (removal: Removal) => {
    while (isWanted(removal)) {
      const { source, frame } = session.store.getState()
      const patch = source && frame && (await filled(source, frame, removal))
      if (!patch) return
      const kept = patchesOf(source)
      const result = await patches.composer.compose(source, [...kept, patch])
      if (isWanted(removal) && session.store.getState().source === source) {
        removals.drop(removal)
        session.change(patchStep({ edit: { kind: 'patch.add', patch, place: kept.length }, result }, null))
        return
      }
      // The picture has changed meanwhile: it is filled anew.
      patches.composer.discard(result, source)
    }
  }

  /** @returns null where the command covers nothing, or is no longer wanted */
  const filled = async (source: SourceImage, frame: Rect, removal: Removal): Promise<Patch | null> => {
    const mask = createMask(frame)
    replayCommands(mask, [removal.command])
    const rect = maskBounds(mask)
    if (isEmptyRect(rect)) return null
    const around = movedRect(surroundings(movedRect(rect, -frame.x, -frame.y), frame), frame.x, frame.y)
    const sampling = samplingOf(removal.editor)
    const region = sampling ? sampledRegion(mask, sampling, around) : around
    const image = readPicture(source, region)
    const coverage = readMask(mask, region)
    const answer = await fillOnDevice(
      ports,
      {
        image,
        mask: coverage,
        ...(sampling && { sources: readMask(sampling, region) }),
        guides: guidesFrom(guidesOf(removal.editor), region),
        imageUrl: null,
        maskUrl: null,
        region,
        params: {},
      },
      () => isWanted(removal),
    )
    if (!answer) return null
    const shown = answer.at ? movedRect(answer.at, region.x, region.y) : region
    const target = { source, frame, region: shown, sent: null, mask }
    const { raw } = await placeAnswer(ports, withProfileOf(image, answer.image), target, false)
    return (
      raw && {
        id: crypto.randomUUID(),
        from: null,
        pixels: await patches.pixels.keep(raw.pixels),
        rect: raw.rect,
        coverage: [removal.command],
        coverageFrame: frame,
        blend: PLAIN_BLEND,
        visible: true,
      }
    )
  }

  const next = async (earlier: Promise<void>, removal: Removal) => {
    await earlier
    try {
      await work(removal)
    } catch (error) {
      messages.report(error)
    } finally {
      removals.drop(removal)
    }
  }

  return {
    fill(command) {
      const { editor, source } = session.store.getState()
      if (!editor || !source) return queue
      queue = next(queue, removals.add(command, editor, baseOf(source)))
      return queue
    },
  }
}
