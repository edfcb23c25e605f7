import { createStore, type StoreApi } from 'zustand/vanilla'

export type DialogName =
  | 'backend'
  | 'preferences'
  | 'share'
  | 'export'
  | 'shortcuts'
  | 'states'
  | 'sweep'
  | 'url'
export type SheetName = 'form' | 'runs' | 'patches' | 'more'

export interface DialogState {
  readonly dialog: DialogName | null
  /** The run whose requests the inspector shows. */
  readonly inspected: string | null
  /** On small screens: the drawer or sheet that is up. */
  readonly sheet: SheetName | null
}

export interface Dialogs {
  readonly store: StoreApi<DialogState>
  /** @param dialog null closes the one that is open */
  open(dialog: DialogName | null): void
  inspect(runId: string | null): void
  toggleSheet(sheet: SheetName): void
  closeSheet(): void
}

/** @param onOpen called as a dialog or sheet opens */
export function createDialogs(onOpen: () => void): Dialogs {
  const store = createStore<DialogState>()(() => ({ dialog: null, inspected: null, sheet: null }))
  return {
    store,
    open(dialog) {
      if (dialog) onOpen()
      // What a sheet's button has opened takes its place.
      store.setState(({ sheet }) => ({ dialog, sheet: dialog && sheet === 'more' ? null : sheet }))
    },
    inspect(inspected) {
      if (inspected) onOpen()
      store.setState({ inspected })
    },
    toggleSheet(sheet) {
      const isOpen = store.getState().sheet === sheet
      if (!isOpen) onOpen()
      store.setState({ sheet: isOpen ? null : sheet })
    },
    closeSheet: () => store.setState({ sheet: null }),
  }
}
