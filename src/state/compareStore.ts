import { create } from 'zustand'

interface CompareStore {
  readonly view: 'edit' | 'compare'
  /** Whose outputs are shown. */
  readonly runId: string | null
  /** Place of the output that the keys speak of. */
  readonly chosen: number
  /** While held, every pane shows the original. */
  readonly peek: boolean
}

export const useCompare = create<CompareStore>()(() => ({
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

export function setPeek(peek: boolean): void {
  useCompare.setState({ peek })
}
