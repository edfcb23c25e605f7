// First: it declares the order of the style layers.
import './ui/app/global.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { preloadBackends } from './backends/backendRegistry'
import { codec } from './platform/codecClient'
import { allowEmptyHtml } from './platform/trustedTypes'
import { keepDrafts, restoreDraft } from './state/draftController'
import { watchMask } from './state/lintController'
import { reportError } from './state/messageStore'
import { queryClient } from './state/predictionQueries'
import { restoreRuns } from './state/runHistory'
import { sweepSources } from './platform/runStore'
import { openLink } from './state/shareController'
import { App } from './ui/app/App'

allowEmptyHtml()

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)

/** What was open comes back first, so that a link can ask before it replaces it; then runs are followed again. */
async function start(): Promise<void> {
  const address = new URL(location.href)
  // From here on a run on this device needs nothing from the network.
  codec.warm()
  preloadBackends().catch(reportError)
  await restoreDraft().catch(reportError)
  keepDrafts()
  watchMask()
  await openLink(address)
  await restoreRuns()
  await sweepSources()
}

start().catch(reportError)
addEventListener('hashchange', () => {
  openLink(new URL(location.href)).catch(reportError)
})
