import { History, SlidersHorizontal } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { RunBar } from '../runs/RunBar'
import { PatchesButton, PatchPanel, PredictionForm, RegionPanel } from './lazyParts'
import styles from './panels.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectHasPatches } from '../../state/session/sessionSelectors'

export function SidePanel() {
  const t = useT()
  const app = useApp()
  const formOpen = useAppState(({ settings }) => settings.formOpen)
  const hasPatches = useAppState(selectHasPatches)
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  return (
    <aside className={styles.side} data-area="side" aria-label={t('form.title')} inert={isElsewhere}>
      <header>
        {formOpen && <h2>{t('form.title')}</h2>}
        <IconButton
          icon={SlidersHorizontal}
          label={formOpen ? t('form.hide') : t('form.open')}
          pressed={formOpen}
          onClick={() => app.settings.set({ formOpen: !formOpen })}
        />
      </header>
      {formOpen && <PredictionForm />}
      {formOpen && <RegionPanel />}
      {formOpen && hasPatches && <PatchPanel />}
      <RunBar />
    </aside>
  )
}

/** Below 1024 px: Run has a bar of its own; the form and the runs open as a drawer or a sheet. */
export function FloatingRun() {
  const app = useApp()
  const t = useT()
  const sheet = useAppState(({ dialogs: state }) => state.sheet)
  const hasPatches = useAppState(selectHasPatches)
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  return (
    <div className={styles.floating} data-area="floating" inert={isElsewhere}>
      <IconButton
        icon={SlidersHorizontal}
        label={t(sheet === 'form' ? 'form.hide' : 'form.open')}
        pressed={sheet === 'form'}
        onClick={() => app.dialogs.toggleSheet('form')}
      />
      <IconButton
        icon={History}
        label={t(sheet === 'runs' ? 'runs.hide' : 'runs.show')}
        pressed={sheet === 'runs'}
        onClick={() => app.dialogs.toggleSheet('runs')}
      />
      {hasPatches && <PatchesButton />}
      <RunBar />
    </div>
  )
}
