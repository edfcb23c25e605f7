import { useEffect, useMemo } from 'react'
import { useSettings } from '../../state/settingsStore'
import { useShortcuts } from '../commands/shortcuts'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { KitTexts } from '../kit/kitTexts'
import { RunStrip } from '../runs/RunStrip'
import { ImportTarget } from '../start/ImportTarget'
import { Toolbar } from '../toolbar/Toolbar'
import styles from './App.module.css'
import { Dialogs } from './Dialogs'
import { Middle } from './Middle'
import { FloatingRun, SidePanel } from './panels'
import { TopBar } from './TopBar'

export function App() {
  const t = useT()
  const layout = useLayout()
  const { theme, locale, formOpen } = useSettings()
  useShortcuts()
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
    document.documentElement.lang = locale === 'zh' ? 'zh-CN' : 'en'
  }, [theme, locale])
  const texts = useMemo(() => ({ close: t('app.close'), dismiss: t('app.dismiss') }), [t])
  return (
    <KitTexts value={texts}>
      {/* Modules style by these: what is in the portals of menus keeps the desktop's look. */}
      <div className={styles.app} data-layout={layout} data-form={formOpen ? 'open' : 'closed'}>
        <TopBar />
        <Toolbar />
        <Middle />
        {layout === 'desktop' ? <SidePanel /> : <FloatingRun />}
        {layout === 'desktop' && <RunStrip />}
        <Dialogs />
        <ImportTarget />
      </div>
    </KitTexts>
  )
}
