import { BackendDialog } from '../backend/BackendDialog'
import { ShortcutsDialog } from '../commands/ShortcutsDialog'
import { InspectorDialog } from '../runs/InspectorDialog'
import { LazyExportDialog as ExportDialog } from '../picture/lazyDialogs'
import { LazySweepDialog as SweepDialog } from '../runs/lazyRuns'
import { StatesDialog } from '../picture/StatesDialog'
import { OpenLinkDialog } from '../share/OpenLinkDialog'
import { ShareDialog } from '../share/ShareDialog'
import { PreferencesDialog } from '../settings/PreferencesDialog'
import { OpenUrlDialog } from '../start/OpenUrlDialog'
import { ImportMaskDialog } from '../toolbar/ImportMaskDialog'
import { useAppState } from '../hooks/useApp'

/** The one open dialog: questions come before dialogs that the user opened. */
export function OpenDialog() {
  const dialog = useAppState(({ dialogs: state }) => state.dialog)
  const inspected = useAppState(({ dialogs: state }) => state.inspected)
  const question = useAppState(({ links: state }) => state.question)
  const pending = useAppState(({ maskImport: state }) => state.pending)
  if (pending) return <ImportMaskDialog pending={pending} />
  if (question) return <OpenLinkDialog question={question} />
  if (inspected) return <InspectorDialog runId={inspected} />
  switch (dialog) {
    case 'backend':
      return <BackendDialog />
    case 'preferences':
      return <PreferencesDialog />
    case 'export':
      return <ExportDialog />
    case 'share':
      return <ShareDialog />
    case 'shortcuts':
      return <ShortcutsDialog />
    case 'sweep':
      return <SweepDialog />
    case 'states':
      return <StatesDialog />
    case 'url':
      return <OpenUrlDialog />
    case null:
      return null
  }
}
