import { create } from 'zustand'

export const COMPARE_MODES = ['sideBySide', 'slider', 'flash', 'difference'] as const

export type CompareMode = (typeof COMPARE_MODES)[number]

interface CompareStore {
  /** How outputs are looked at. */
  readonly mode: CompareMode

  readonly view: 'edit' | 'compare'
  /** Whose outputs are shown. */
  readonly runId: string | null
  /** Place of the output that the keys speak of. */
  readonly chosen: number
  /** While held, every pane shows the original. */
  readonly peek: boolean
}

export const useCompare = create<CompareStore>()(() => ({
  mode: 'sideBySide',
  view: 'edit',
  runId: null,
  chosen: 0,
  peek: false,
}))

export function showEdit(): void {
  useCompare.setState({ view: 'edit' })
}

export function showCompare(runId: string): void {
  useCompare.setState({ view: 'compare', runId, chosen: 0 })
}

export function setCompareMode(mode: CompareMode): void {
  useCompare.setState({ mode })
}

export function chooseOutput(chosen: number): void {
  useCompare.setState({ chosen })
}

export function setPeek(peek: boolean): void {
  useCompare.setState({ peek })
}
