// First: it declares the order of the style layers.
import './ui/app/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { preloadBackends } from './backends/backendRegistry'
import { browserPorts } from './browserPorts'
import { allowEmptyHtml } from './platform/trustedTypes'
import { createApp } from './state/app'
import { App } from './ui/app/App'
import { AppContext } from './ui/hooks/useApp'

allowEmptyHtml()
const app = createApp(browserPorts())

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AppContext value={app}>
      <App />
    </AppContext>
  </StrictMode>,
)

// From here on a run on this device needs nothing from the network.
import('./platform/codecClient').then(({ codec }) => codec.warm(), app.messages.report)
preloadBackends().catch(app.messages.report)
app.start(new URL(location.href)).catch(app.messages.report)
addEventListener('hashchange', () => {
  void app.links.open(new URL(location.href))
})
