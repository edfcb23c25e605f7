import type { Session } from '../session/session'
import type { SourceImage } from '../session/source'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { ViewportRoom, ViewportState } from '../shell/viewport'
import type { RunPictures } from './runPictures'
import type { Runs } from './runs'

interface LookRooms {
  readonly messages: Messages
  readonly session: Session
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly runs: Runs
  readonly pictures: RunPictures
}

/** Zoom and pan of the open picture, while those of another one are on the screen. */
interface SetAside extends Pick<ViewportState, 'viewport'> {
  readonly runId: string
  readonly open: SourceImage | null
}

/** Shows a run beside what is open, which stays as it is. @returns false where it could not, or something else came */
export type LookAtRun = (id: string) => Promise<boolean>

export function createLookAtRun({ messages, session, view, viewport, runs, pictures }: LookRooms): LookAtRun {
  let asked = 0
  let aside: SetAside | null = null

  view.store.subscribe((now) => {
    if (!aside || (now.view === 'compare' && now.runId === aside.runId)) return
    if (session.store.getState().source === aside.open) viewport.set(aside.viewport)
    aside = null
  })

  const show = (id: string, source: SourceImage) => {
    const open = session.store.getState().source
    // What an earlier look has set aside comes back as this one takes its place.
    view.look(id)
    if (source.key === open?.key) return
    aside = { runId: id, open, viewport: viewport.store.getState().viewport }
    viewport.set(null)
  }

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
      show(id, loaded.take())
      runs.trim([id], session.store.getState())
      return true
    } catch (error) {
      if (!isOvertaken()) messages.report(error)
      return false
    } finally {
      if (mine === asked) view.setComing(null)
    }
  }
}
