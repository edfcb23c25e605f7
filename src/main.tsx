// First: it declares the order of the style layers.
import './ui/app/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { preloadBackends } from './backends/backendRegistry'
import { browserPorts, preloadPorts } from './browserPorts'
import { loadCatalogue } from './i18n/translate'
import { onLaunched } from './platform/launched'
import { noteMissedModules } from './platform/missedModules'
import { allowEmptyHtml } from './platform/trustedTypes'
import { obeyWipes } from './platform/wipeChannel'
import { createApp } from './state/app'
import { App } from './ui/app/App'
import { keepEarlyKeys } from './ui/commands/earlyKeys'
import { AppContext } from './ui/hooks/useApp'

noteMissedModules()
allowEmptyHtml()
keepEarlyKeys()
void obeyWipes()
const app = createApp(browserPorts())

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AppContext value={app}>
      <App />
    </AppContext>
  </StrictMode>,
)

/** Nothing else is fetched before the texts, without which nothing is drawn. */
async function begin(): Promise<void> {
  // A language that cannot be fetched is the page's to say.
  await loadCatalogue(app.state.read().settings.locale, 'start').catch(() => {})
  // The page is drawn first: what follows is for later.
  await new Promise((resolve) => setTimeout(resolve))
  app.start(new URL(location.href)).catch(app.messages.report)
  onLaunched((file) => void app.opener.openFile(file), app.messages.report)
  preloadBackends().catch(app.messages.report)
  // From here on a run on this device needs nothing from the network.
  const { codec } = await import('./platform/codecClient')
  codec.warm()
  await preloadPorts()
  // The dev server's files have no hashes: an old one would be served for ever.
  if (import.meta.env.PROD) await app.keepOffline()
}

begin().catch(app.messages.report)
addEventListener('hashchange', () => {
  void app.links.open(new URL(location.href))
})
