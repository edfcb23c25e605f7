import type { RunRecord } from '../../core/document/codec/recordCodec'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { selectLacksPrompt, selectModel } from '../model/formSelectors'
import type { Opener } from '../session/opener'
import type { Session } from '../session/session'
import { applySetup, type SetupRooms } from '../session/setup'
import type { Dialogs } from '../shell/dialogs'
import type { Messages } from '../shell/messages'
import { pictureOfRun } from './pictureOfRun'
import type { RunPictures } from './runPictures'
import type { Runner } from './runner'
import type { Run, Runs } from './runs'

export interface BringBack {
  /** A run's picture, mask, form and backend become the open ones. One Undo returns to what was open, form included. */
  bringBack(id: string): Promise<void>
  /**
   * Brings a run's inputs back and starts one more with them, on the backend and model it ran on.
   * @param sameSeed with the seed that it was sent with, where that is known
   */
  replay(id: string, sameSeed?: boolean): Promise<void>
}

interface BringBackRooms extends SetupRooms {
  readonly messages: Messages
  readonly dialogs: Dialogs
  readonly session: Session
  readonly opener: Opener
  readonly runs: Runs
  readonly runner: Runner
  readonly pictures: RunPictures
  /** A run of the list; an older one joins it. */
  readonly listed: (id: string) => Promise<Run | null>
}

export function createBringBack(rooms: BringBackRooms): BringBack {
  const { messages, settings, forms, dialogs, session, opener, runs, runner, pictures } = rooms

  /** @returns false where the run's model is not there any more: then the form stays as it is */
  const fillForm = ({ backend, document: { setup } }: RunRecord): boolean => {
    if (!applySetup(rooms, setup, false)) {
      messages.notify('model-gone', { model: setup.model })
      return false
    }
    const { id, url, version } = backend
    const isSchemas = version === null || version === selectModel(forms.context()).version
    settings.set({
      backendId: id,
      modelVersion: isSchemas ? '' : version,
      ...(url === null ? {} : { backendUrl: url }),
    })
    return true
  }

  /** @returns false where something could not be brought back */
  const open = async (id: string): Promise<boolean> => {
    const run = await rooms.listed(id)
    if (!run) {
      messages.notify('run-gone')
      return false
    }
    const { record } = run
    let isFilled = false
    const isOpen = await opener.replace(null, async () => {
      const loaded = await pictures.load(run)
      return {
        commit() {
          opener.show(pictureOfRun(record, loaded.take()), false, () => {
            isFilled = fillForm(record)
          })
          runs.trim([id], session.bases())
        },
        discard: loaded.discard,
      }
    })
    return isOpen && isFilled
  }

  return {
    async bringBack(id) {
      if (await open(id)) messages.notify('restored')
    },
    async replay(id, sameSeed = false) {
      dialogs.inspect(null)
      // Its model may be gone: another one must not run in its place.
      if (!(await open(id))) return
      const seed = sameSeed ? runs.byId(id)?.record.seeds[0] : undefined
      const field = fieldByRole(selectModel(forms.context()).fields, 'seed')
      if (seed !== undefined && field) forms.setFields({ [field.name]: seed })
      if (selectLacksPrompt(forms.context())) forms.allowPromptless()
      await runner.start()
    },
  }
}
