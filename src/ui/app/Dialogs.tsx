import { useDialogs } from '../../state/dialogStore'
import { useLink } from '../../state/linkStore'
import { useMaskImport } from '../../state/maskImport'
import { OpenDialog } from './lazyParts'

/** Fetches the dialogs with the first one that opens. */
export function Dialogs() {
  const opened = useDialogs(({ dialog, inspected }) => dialog !== null || inspected !== null)
  const asked = useLink((state) => state.question !== null)
  const importing = useMaskImport((state) => state.pending !== null)
  return opened || asked || importing ? <OpenDialog /> : null
}
