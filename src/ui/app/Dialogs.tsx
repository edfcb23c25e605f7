import { OpenDialog } from './lazyParts'
import { useAppState } from '../hooks/useApp'

/** Loads the dialogs' chunk when the first one opens. */
export function Dialogs() {
  const opened = useAppState(({ dialogs: { dialog, inspected } }) => dialog !== null || inspected !== null)
  const asked = useAppState(({ links: state }) => state.question !== null)
  const importing = useAppState(({ maskImport: state }) => state.pending !== null)
  return opened || asked || importing ? <OpenDialog /> : null
}
