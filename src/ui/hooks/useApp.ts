import { createContext, use, useSyncExternalStore } from 'react'
import type { App, AppState } from '../../state/app'
import { type Obstacle, selectObstacles } from '../../state/runs/obstacles'

/** What the page does. The composition root provides it. */
export const AppContext = createContext<App | null>(null)

export function useApp(): App {
  const app = use(AppContext)
  if (!app) throw new Error('No app is provided')
  return app
}

/**
 * A part of the app's state, or what a selector makes of it.
 * @param select gives the same value while nothing it reads has changed: a part of the state, or a `derived` selector
 */
export function useAppState<Value>(select: (state: AppState) => Value): Value {
  const { state } = useApp()
  return useSyncExternalStore(state.subscribe, () => select(state.read()))
}

/** Why Run cannot run, most important first. */
export function useObstacles(): readonly Obstacle[] {
  const { pageUrl } = useApp()
  return useAppState((state) => selectObstacles({ ...state, pageUrl }))
}
