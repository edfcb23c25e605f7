import { Layers } from 'lucide-react'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'

/** Below 1024 px: opens and closes the sheet of the kept results. */
export function PatchesButton() {
  const app = useApp()
  const t = useT()
  const isOpen = useAppState(({ dialogs }) => dialogs.sheet === 'patches')
  return (
    <IconButton
      icon={Layers}
      label={t(isOpen ? 'patches.hide' : 'patches.show')}
      pressed={isOpen}
      onClick={() => app.dialogs.toggleSheet('patches')}
    />
  )
}
