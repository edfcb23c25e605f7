import { createStore, type StoreApi } from 'zustand/vanilla'

export const COMPARE_MODES = ['sideBySide', 'slider', 'flash', 'difference'] as const

export type CompareMode = (typeof COMPARE_MODES)[number]

export type ViewName = 'edit' | 'compare' | 'history'

/** What the history lists. */
export type HistoryPart = 'runs' | 'pictures'

/** What the middle of the page shows. */
export interface ViewState {
  readonly view: ViewName
  readonly historyPart: HistoryPart
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
  /** Indices of the outputs in the order that they are shown, their names hidden; null for their own order. */
  readonly blind: readonly number[] | null
  /** While held, every pane shows the original. */
  readonly peek: boolean
  /** What is being chosen on the canvas: the part that a run sends, or what the picture shows. */
  readonly framing: 'sent' | 'picture' | null
}

export interface ViewRoom {
  readonly store: StoreApi<ViewState>
  showEdit(): void
  showCompare(runId: string): void
  /** @param part unless given, the one that was shown last */
  showHistory(part?: HistoryPart): void
  /** Compare will show this run; in Edit and History what is shown stays. */
  offer(runId: string): void
  /** Shows a run of the list beside what is open. */
  look(runId: string): void
  setComing(runId: string | null): void
  setMode(mode: CompareMode): void
  select(index: number): void
  /** Shows the outputs in a random order, without their names. */
  shuffle(count: number): void
  /** Shows which output is which. */
  reveal(): void
  setPeek(peek: boolean): void
  /** @param framing null ends it */
  setFraming(framing: ViewState['framing']): void
}

/** @param bestOf the output of a run that is selected when it is opened */
export function createView(bestOf: (runId: string) => number = () => 0): ViewRoom {
  const store = createStore<ViewState>()(() => ({
    view: 'edit',
    historyPart: 'runs',
    mode: 'sideBySide',
    runId: null,
    looking: false,
    coming: null,
    selected: 0,
    blind: null,
    peek: false,
    framing: null,
  }))
  return {
    store,
    showEdit: () => store.setState({ view: 'edit', blind: null }),
    showCompare: (runId) =>
      store.setState((now) => ({
        view: 'compare',
        runId,
        selected: bestOf(runId),
        blind: null,
        looking: now.looking && now.runId === runId,
      })),
    showHistory: (historyPart = store.getState().historyPart) =>
      store.setState({ view: 'history', historyPart }),
    offer: (runId) =>
      store.setState((state) =>
        state.view === 'compare' ? state : { runId, selected: bestOf(runId), looking: false },
      ),
    look: (runId) =>
      store.setState({ view: 'compare', runId, selected: bestOf(runId), blind: null, looking: true }),
    setComing: (coming) => store.setState({ coming }),
    setMode: (mode) => store.setState({ mode }),
    select: (selected) => store.setState({ selected }),
    shuffle(count) {
      const blind = shuffled(count)
      store.setState({ blind, selected: blind[0] ?? 0 })
    },
    reveal: () => store.setState({ blind: null }),
    setPeek: (peek) => store.setState({ peek }),
    setFraming: (framing) => store.setState(framing ? { framing, view: 'edit' } : { framing }),
  }
}

/** @see Fisher and Yates, 1938 */
function shuffled(count: number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}
