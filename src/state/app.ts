import { QueryClient } from '@tanstack/react-query'
import { createBackends } from './model/backends'
import { createChooseModel } from './model/chooseModel'
import { createForms } from './model/forms'
import { createModelLoader } from './model/modelLoader'
import { createModels } from './model/models'
import type { Ports } from './ports'
import { createApplyOutput } from './runs/apply'
import { createExchanges } from './runs/exchanges'
import { createFollower } from './runs/follower'
import { createHistory } from './runs/history'
import { createOutputs } from './runs/outputs'
import { createPictures } from './runs/pictures'
import { createInputPreparer } from './runs/prepareInput'
import { createRunner } from './runs/runner'
import { closeLevels, createRuns } from './runs/runs'
import { createDraftKeeper } from './session/draft'
import { createMaskCheck } from './session/maskCheck'
import { createMaskImport } from './session/maskImport'
import { createMaskOperations } from './session/maskOperations'
import { createOpener } from './session/opener'
import { createSession } from './session/session'
import { createExporter } from './share/exporter'
import { createLinks } from './share/link'
import { createDialogs } from './shell/dialogs'
import { createMessages } from './shell/messages'
import { createSettings } from './shell/settings'
import { createToolSettings } from './shell/toolSettings'
import { createView } from './shell/view'
import { createViewport } from './shell/viewport'
import { combineStores } from './shell/combineStores'

/** Where the form was stored before it belonged to the draft. */
const RETIRED_KEY = 'pentimento.form'

/** Makes everything the page does, on the browser that the ports stand for. */
export function createApp(ports: Ports) {
  const messages = createMessages()
  const onWriteError = messages.reportStorage
  const { storage, page } = ports
  const settings = createSettings({ storage, language: page.language, onWriteError })
  const dialogs = createDialogs()
  const tools = createToolSettings()
  const view = createView()
  const viewport = createViewport()

  const models = createModels(storage, onWriteError)
  const forms = createForms(settings, models)
  const runs = createRuns()
  const session = createSession((dropped) => {
    const isUsed = runs.store.getState().runs.some(({ source }) => source === dropped)
    if (!isUsed) closeLevels(dropped.levels)
  })
  const chooseModel = createChooseModel(settings, forms, () => session.store.getState().frame)
  const loader = createModelLoader(ports, settings, models, chooseModel)
  const urlsInUse = () =>
    runs.store
      .getState()
      .runs.flatMap(({ stage, record }) => (stage === 'done' ? [] : (record.backend.url ?? [])))
  const backends = createBackends({ ports, settings, loader, onWriteError, urlsInUse })

  const opener = createOpener({ ports, messages, session, forms, tools, view, viewport })
  const operations = createMaskOperations({ ports, messages, session, tools })
  const maskImport = createMaskImport(ports, messages, session)
  const check = createMaskCheck({ ports, messages, settings, models, forms, session, operations })
  const drafts = createDraftKeeper({ ports, messages, session, opener, settings, models, forms })

  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', structuralSharing: false, gcTime: 0 },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  })
  const exchanges = createExchanges()
  const inputs = createInputPreparer(new URL(page.base).origin)
  const outputs = createOutputs({ ports, messages, runs, check, queries })
  const following = { ports, messages, models, forms, session, view, runs, outputs, inputs, queries }
  const follower = createFollower(following)
  const runner = createRunner({ ...following, follower, exchanges })
  const history = createHistory({
    ports,
    messages,
    dialogs,
    view,
    session,
    opener,
    settings,
    models,
    forms,
    runs,
    outputs,
    runner,
  })
  const pictures = createPictures(ports)
  const applyOutput = createApplyOutput(ports, opener)

  const exporter = createExporter(ports, messages, session)
  const links = createLinks({ ports, messages, session, opener, settings, models, forms, chooseModel })

  /** Everything that views read, as one value that changes when any part does. */
  const state = combineStores({
    settings: settings.store,
    messages: messages.store,
    dialogs: dialogs.store,
    tools: tools.store,
    view: view.store,
    viewport: viewport.store,
    models: models.store,
    forms: forms.store,
    backends: backends.store,
    session: session.store,
    maskImport: maskImport.store,
    check: check.store,
    runs: runs.store,
    exchanges: exchanges.store,
    links: links.store,
  })

  return {
    state,
    queries,
    pageUrl: page.base,
    filesPath: page.files,
    /** What was open comes back first, so that a link can ask before it replaces it; then runs are followed again. */
    async start(address: URL): Promise<void> {
      storage?.removeItem(RETIRED_KEY)
      await drafts.restore().catch(messages.report)
      drafts.start()
      check.watch()
      await links.open(address)
      await history.restore()
      await ports.drafts.sweep()
      await ports.runs.sweepBlobs()
    },
    settings,
    messages,
    dialogs,
    tools,
    view,
    viewport,
    models,
    forms,
    chooseModel,
    loader,
    backends,
    session,
    opener,
    operations,
    maskImport,
    check,
    drafts,
    runs,
    runner,
    history,
    pictures,
    applyOutput,
    exporter,
    links,
  }
}

export type App = ReturnType<typeof createApp>
export type AppState = ReturnType<App['state']['getState']>
