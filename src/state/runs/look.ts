import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { RunPictures } from './runPictures'
import type { Runs } from './runs'

interface LookRooms {
  readonly messages: Messages
  readonly session: Session
  readonly view: ViewRoom
  readonly runs: Runs
  readonly pictures: RunPictures
}

/** Shows a run beside what is open, which stays as it is. @returns false where it could not, or something else came */
export type LookAtRun = (id: string) => Promise<boolean>

export function createLookAtRun({ messages, session, view, runs, pictures }: LookRooms): LookAtRun {
  let asked = 0

  return async (id) => {
    const run = runs.byId(id)
    if (!run) return false
    asked += 1
    const mine = asked
    const { source: open } = session.store.getState()
    const isOvertaken = () => mine !== asked || session.store.getState().source !== open
    view.setComing(id)
    try {
      const loaded = await pictures.load(run)
      if (isOvertaken()) {
        loaded.discard()
        return false
      }
      loaded.take()
      view.look(id)
      runs.trim([id], session.bases())
      return true
    } catch (error) {
      if (!isOvertaken()) messages.report(error)
      return false
    } finally {
      if (mine === asked) view.setComing(null)
    }
  }
}
