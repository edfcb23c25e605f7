import { useEffect, useMemo, useState } from 'react'
import { LANGUAGES } from '../../core/localizedText'
import { type Catalogue, hasPart, loadCatalogue } from '../../i18n/translate'
import { useLayout } from '../hooks/useMedia'
import { CatalogueContext, useT } from '../hooks/useT'
import { KitTexts } from '../kit/kitTexts'
import { RunStrip } from '../runs/RunStrip'
import { ImportTarget } from '../start/ImportTarget'
import styles from './App.module.css'
import { Dialogs } from './Dialogs'
import {
  Attendants,
  PatchPanel,
  PredictionForm,
  preloadParts,
  RegionPanel,
  SweepLink,
  Sheet,
  Toolbar,
} from './lazyParts'
import { LoadFailure } from '../messages/LoadFailure'
import { MissingParts } from '../messages/lazyPart'
import { Middle } from './Middle'
import { FloatingRun, SidePanel } from './panels'
import { TopBar } from './TopBar'
import { useAppState } from '../hooks/useApp'
import { selectIsComparing, selectIsHistory } from '../../state/runs/selection'

/** Draws the page once the start page's texts are there; after a change the old language stays until the new one is whole. */
export function App() {
  const { theme, locale } = useAppState(({ settings }) => settings)
  const { catalogue, failed, retry } = useCatalogueOf(locale)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  useEffect(() => {
    if (catalogue) document.documentElement.lang = LANGUAGES[catalogue.locale].htmlLang
  }, [catalogue])
  return (
    <CatalogueContext value={catalogue}>
      {catalogue && <Page />}
      {failed ? <LoadFailure onRetry={retry} /> : <MissingParts />}
    </CatalogueContext>
  )
}

function useCatalogueOf(locale: Catalogue['locale']) {
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [failedAttempt, setFailedAttempt] = useState<number | null>(null)
  useEffect(() => {
    let wanted = true
    const load = async () => {
      try {
        await loadCatalogue(locale, 'whole', (loaded) => {
          // Another language replaces all of the one before it at once.
          if (wanted) setCatalogue((current) => (isLess(loaded, current) ? current : loaded))
        })
      } catch {
        if (wanted) setFailedAttempt(attempt)
      }
    }
    void load()
    return () => {
      wanted = false
    }
  }, [locale, attempt])
  const isThere = hasPart(catalogue, 'whole') && catalogue?.locale === locale
  const failed = failedAttempt === attempt && !isThere
  return { catalogue, failed, retry: () => setAttempt(attempt + 1) }
}

function isLess(loaded: Catalogue, current: Catalogue | null): boolean {
  return current !== null && current.locale !== loaded.locale && !hasPart(loaded, current.part)
}

function Page() {
  const t = useT()
  const layout = useLayout()
  const formOpen = useAppState(({ settings: state }) => state.formOpen)
  // No tool acts in Compare: on a phone the pictures take the room.
  const comparing = useAppState(selectIsComparing)
  const isHistory = useAppState(selectIsHistory)
  const sheet = useAppState(({ dialogs }) => dialogs.sheet)
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  usePreload()
  const texts = useMemo(() => ({ close: t('app.close'), dismiss: t('app.dismiss') }), [t])
  return (
    <KitTexts value={texts}>
      {/* CSS Modules select by these attributes. Menus are drawn outside and keep the desktop's look. */}
      <div
        className={styles.app}
        data-layout={layout}
        data-form={formOpen ? 'open' : 'closed'}
        data-tools={isHistory ? 'none' : 'shown'}
      >
        <Attendants />
        <TopBar />
        {!isHistory && !(comparing && layout === 'phone') && (
          <section
            className={styles.tools}
            data-area="tools"
            aria-label={t('tools.label')}
            inert={isElsewhere}
          >
            <Toolbar />
          </section>
        )}
        <Middle />
        {layout === 'desktop' ? <SidePanel /> : <FloatingRun />}
        {layout === 'desktop' && !isHistory && <RunStrip />}
        {sheet && (layout !== 'desktop' || sheet === 'more') && (
          <Sheet sheet={sheet} form={<FormAndRegions />} patches={<PatchPanel />} />
        )}
        <Dialogs />
        <ImportTarget />
      </div>
    </KitTexts>
  )
}

function FormAndRegions() {
  return (
    <>
      <PredictionForm />
      <SweepLink />
      <RegionPanel />
    </>
  )
}

/** Fetches the other chunks while the page is idle, or as soon as a picture is being opened. */
function usePreload(): void {
  const coming = useAppState(({ session: { opening, source } }) => opening !== null || source !== null)
  useEffect(() => {
    if (coming) {
      void preloadParts()
      return undefined
    }
    // Safari has no requestIdleCallback.
    if (!('requestIdleCallback' in globalThis)) {
      const timer = setTimeout(() => void preloadParts(), 300)
      return () => clearTimeout(timer)
    }
    const idle = requestIdleCallback(() => void preloadParts(), { timeout: 2000 })
    return () => cancelIdleCallback(idle)
  }, [coming])
}
