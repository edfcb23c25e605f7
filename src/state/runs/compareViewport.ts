import type { Session } from '../session/session'
import type { ViewRoom, ViewState } from '../shell/view'
import type { Shown, ViewportRoom } from '../shell/viewport'
import { changedPart } from './compareFrame'
import type { Runs } from './runs'

interface CompareViewportRooms {
  readonly session: Session
  readonly view: ViewRoom
  readonly viewport: ViewportRoom
  readonly runs: Runs
}

const comparedRun = ({ view, runId }: ViewState) => (view === 'compare' ? runId : null)

/**
 * Compare has a zoom and pan of its own. It opens on what the run changed; where somebody has zoomed in this run's
 * Compare it comes back as it was left. Edit's own comes back with Edit, unless another picture was opened meanwhile.
 */
export function followCompare({ session, view, viewport, runs }: CompareViewportRooms): void {
  let edited: { readonly opened: number; readonly shown: Shown } | null = null
  let compared: { readonly runId: string; readonly shown: Shown } | null = null

  const open = (runId: string): Shown => {
    if (compared?.runId === runId) return compared.shown
    const run = runs.byId(runId)
    return { viewport: null, part: run?.source ? changedPart(run) : null }
  }

  view.store.subscribe((now, before) => {
    const [to, from] = [comparedRun(now), comparedRun(before)]
    if (to === from) return
    const { viewport: left, part } = viewport.store.getState()
    const shown = { viewport: left, part }
    const { opened } = session.store.getState()
    if (from === null) edited = { opened, shown }
    else compared = { runId: from, shown }
    if (to !== null) viewport.show(open(to))
    else if (edited?.opened === opened) viewport.show(edited.shown)
    else if (part) viewport.set(null)
  })
}
