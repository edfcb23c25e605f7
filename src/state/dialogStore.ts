import { create } from 'zustand'

export type DialogName = 'backend' | 'share' | 'shortcuts' | 'url'
export type SheetName = 'form' | 'runs' | 'more'

interface DialogStore {
  readonly dialog: DialogName | null
  /** The run whose requests are looked at. */
  readonly inspected: string | null
  /** On small screens: which drawer or sheet is up. */
  readonly sheet: SheetName | null
}

export const useDialogs = create<DialogStore>()(() => ({ dialog: null, inspected: null, sheet: null }))

export function openDialog(dialog: DialogName | null): void {
  useDialogs.setState({ dialog })
}

export function inspect(runId: string | null): void {
  useDialogs.setState({ inspected: runId })
}

export function toggleSheet(sheet: SheetName): void {
  useDialogs.setState((state) => ({ sheet: state.sheet === sheet ? null : sheet }))
}

export function closeSheet(): void {
  useDialogs.setState({ sheet: null })
}
