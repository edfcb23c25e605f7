import { useDialogs } from '../../state/dialogStore'
import { useLink } from '../../state/linkStore'
import { useMaskImport } from '../../state/maskImport'
import { BackendDialog } from '../backend/BackendDialog'
import { ShortcutsDialog } from '../commands/ShortcutsDialog'
import { InspectorDialog } from '../runs/InspectorDialog'
import { OpenLinkDialog } from '../share/OpenLinkDialog'
import { ShareDialog } from '../share/ShareDialog'
import { OpenUrlDialog } from '../start/OpenUrlDialog'
import { ImportMaskDialog } from '../toolbar/ImportMaskDialog'

/** The one open dialog: questions come before dialogs that the user opened. */
export function OpenDialog() {
  const dialog = useDialogs((state) => state.dialog)
  const inspected = useDialogs((state) => state.inspected)
  const question = useLink((state) => state.question)
  const pending = useMaskImport((state) => state.pending)
  if (pending) return <ImportMaskDialog pending={pending} />
  if (question) return <OpenLinkDialog question={question} />
  if (inspected) return <InspectorDialog runId={inspected} />
  switch (dialog) {
    case 'backend':
      return <BackendDialog />
    case 'share':
      return <ShareDialog />
    case 'shortcuts':
      return <ShortcutsDialog />
    case 'url':
      return <OpenUrlDialog />
    case null:
      return null
  }
}
