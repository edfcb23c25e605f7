import { createStore, type StoreApi } from 'zustand/vanilla'

export const COMPARE_MODES = ['sideBySide', 'slider', 'flash', 'difference'] as const

export type CompareMode = (typeof COMPARE_MODES)[number]

/** What the middle of the page shows. */
export interface ViewState {
  readonly view: 'edit' | 'compare'
  /** How outputs are compared. */
  readonly mode: CompareMode
  /** Whose outputs are shown. */
  readonly runId: string | null
  /** The run was chosen from the list: what is open may be something else. */
  readonly looking: boolean
  /** The run of the list whose pictures are being read; null for none. */
  readonly coming: string | null
  /** Index of the selected output. */
  readonly selected: number
  /** While held, every pane shows the original. */
  readonly peek: boolean
}

export interface ViewRoom {
  readonly store: StoreApi<ViewState>
  showEdit(): void
  showCompare(runId: string): void
  /** Compare will show this run; in Edit the picture stays. */
  offer(runId: string): void
  /** Shows a run of the list beside what is open. */
  look(runId: string): void
  setComing(runId: string | null): void
  setMode(mode: CompareMode): void
  select(index: number): void
  setPeek(peek: boolean): void
}

export function createView(): ViewRoom {
  const store = createStore<ViewState>()(() => ({
    view: 'edit',
    mode: 'sideBySide',
    runId: null,
    looking: false,
    coming: null,
    selected: 0,
    peek: false,
  }))
  return {
    store,
    showEdit: () => store.setState({ view: 'edit' }),
    showCompare: (runId) =>
      store.setState((now) => ({
        view: 'compare',
        runId,
        selected: 0,
        looking: now.looking && now.runId === runId,
      })),
    offer: (runId) =>
      store.setState((state) => (state.view === 'edit' ? { runId, selected: 0, looking: false } : state)),
    look: (runId) => store.setState({ view: 'compare', runId, selected: 0, looking: true }),
    setComing: (coming) => store.setState({ coming }),
    setMode: (mode) => store.setState({ mode }),
    select: (selected) => store.setState({ selected }),
    setPeek: (peek) => store.setState({ peek }),
  }
}
