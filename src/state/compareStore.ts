import { create } from 'zustand'

interface CompareStore {
  readonly view: 'edit' | 'compare'
  /** Whose outputs are shown. */
  readonly runId: string | null
  /** While held, every pane shows the original. */
  readonly peek: boolean
}

export const useCompare = create<CompareStore>()(() => ({ view: 'edit', runId: null, peek: false }))

export function showEdit(): void {
  useCompare.setState({ view: 'edit' })
}

export function showCompare(runId: string): void {
  useCompare.setState({ view: 'compare', runId })
}

export function setPeek(peek: boolean): void {
  useCompare.setState({ peek })
}
