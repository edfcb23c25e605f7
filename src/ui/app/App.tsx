import { History, SlidersHorizontal } from 'lucide-react'
import { useEffect } from 'react'
import { useCompare } from '../../state/compareStore'
import { closeSheet, toggleSheet, useDialogs } from '../../state/dialogStore'
import { useLink } from '../../state/linkStore'
import { useMaskImport } from '../../state/maskImport'
import { useRuns } from '../../state/runsStore'
import { useSession } from '../../state/sessionStore'
import { useSettings } from '../../state/settingsStore'
import { EditorCanvas } from '../canvas/EditorCanvas'
import { PredictionForm } from '../form/PredictionForm'
import { RunBar } from '../runs/RunBar'
import { RunList, RunStrip } from '../runs/RunStrip'
import { IconButton } from '../kit/IconButton'
import { Messages } from './Messages'
import { ComparePanes } from '../compare/ComparePanes'
import { InspectorDialog } from '../runs/InspectorDialog'
import { BackendDialog } from '../backend/BackendDialog'
import { ShortcutsDialog } from '../commands/ShortcutsDialog'
import { OpenLinkDialog } from '../share/OpenLinkDialog'
import { ShareDialog } from '../share/ShareDialog'
import { useShortcuts } from '../commands/shortcuts'
import { ImportTarget } from '../start/ImportTarget'
import { OpenUrlDialog } from '../start/OpenUrlDialog'
import { StartPanel } from '../start/StartPanel'
import { ImportMaskDialog } from '../toolbar/ImportMaskDialog'
import { Toolbar } from '../toolbar/Toolbar'
import { ToolOptions } from '../toolbar/ToolOptions'
import { Preferences } from './Preferences'
import { TopBar } from './TopBar'
import { ViewSwitch } from './ViewSwitch'
import { ZoomControls } from '../canvas/ZoomControls'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'

export function App() {
  const layout = useLayout()
  const { theme, locale, formOpen } = useSettings()
  useShortcuts()
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  }, [theme, locale])
  return (
    <div className={`app ${layout}${formOpen ? '' : ' form-closed'}`}>
      <TopBar />
      <Toolbar />
      <Middle />
      {layout === 'desktop' ? <SidePanel /> : <FloatingRun />}
      {layout === 'desktop' && <RunStrip />}
      <Dialogs />
      <ImportTarget />
    </div>
  )
}

/** Tool options, and the canvas or the comparison. */
function Middle() {
  const t = useT()
  const layout = useLayout()
  const { source, editor, opening } = useSession()
  const { view, runId } = useCompare()
  const hasOutputs = useRuns((state) =>
    state.runs.some((run) => run.record.id === runId && run.outputs.length > 0),
  )
  const comparing = view === 'compare' && hasOutputs
  return (
    <main className="middle">
      {source && editor && (!comparing || layout === 'phone') && (
        <div className="options-bar">
          {!comparing && <ToolOptions />}
          <span className="spacer" />
          {layout === 'phone' && hasOutputs && <ViewSwitch />}
        </div>
      )}
      <div className="stage-area">
        {!source || !editor ? (
          <StartPanel />
        ) : comparing ? (
          <ComparePanes />
        ) : (
          <EditorCanvas key={source.key} source={source} editor={editor} />
        )}
        {layout === 'phone' && source && !comparing && <ZoomControls image={source.pixels} />}
        <Messages />
        {opening !== null && (
          <output className="opening">{t('open.opening', { name: opening.slice(0, 60) })}</output>
        )}
      </div>
    </main>
  )
}

function SidePanel() {
  const t = useT()
  const { formOpen, set } = useSettings()
  return (
    <aside className="side-panel" aria-label={t('form.title')}>
      <header>
        {formOpen && <h2>{t('form.title')}</h2>}
        <IconButton
          icon={SlidersHorizontal}
          label={formOpen ? t('form.hide') : t('form.open')}
          pressed={formOpen}
          onClick={() => set({ formOpen: !formOpen })}
        />
      </header>
      {formOpen && <PredictionForm />}
      <RunBar />
    </aside>
  )
}

/** Below 1024 px: Run floats, the form and the runs come up as drawer or sheet. */
function FloatingRun() {
  const t = useT()
  const layout = useLayout()
  const sheet = useDialogs((state) => state.sheet)
  return (
    <>
      <div className="floating">
        <IconButton
          icon={SlidersHorizontal}
          label={t(sheet === 'form' ? 'form.hide' : 'form.open')}
          pressed={sheet === 'form'}
          onClick={() => toggleSheet('form')}
        />
        <IconButton
          icon={History}
          label={t(sheet === 'runs' ? 'runs.hide' : 'runs.show')}
          pressed={sheet === 'runs'}
          onClick={() => toggleSheet('runs')}
        />
        <RunBar />
      </div>
      {sheet && (
        <aside className={`sheet ${layout}`} aria-label={t(SHEET_TITLES[sheet])}>
          <header>
            <h2>{t(SHEET_TITLES[sheet])}</h2>
            <button type="button" className="button small" onClick={closeSheet}>
              {t('app.close')}
            </button>
          </header>
          {sheet === 'form' && <PredictionForm />}
          {sheet === 'runs' && <RunList />}
          {sheet === 'more' && <Preferences />}
        </aside>
      )}
    </>
  )
}

const SHEET_TITLES = { form: 'form.title', runs: 'runs.label', more: 'app.menu' } as const

function Dialogs() {
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
