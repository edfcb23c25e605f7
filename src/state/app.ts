import { createStore } from 'zustand/vanilla'
import { createBackends } from './model/backends'
import { createChooseModel } from './model/chooseModel'
import { createForms } from './model/forms'
import { createLateDeviceModels } from './model/lateDeviceModels'
import { createModelLoader } from './model/modelLoader'
import { createModels } from './model/models'
import { createOwnServer } from './model/ownServer'
import { CHUNKS, type Parts } from './parts'
import type { Ports } from './ports'
import { createLateArchive } from './runs/lateArchive'
import { runsActions } from './runs/runsActions'
import type { ExportState } from './share/exports'
import { exportsActions } from './share/exportsActions'
import { shareActions } from './share/shareActions'
import { createExchanges } from './runs/exchanges'
import { createRemovals } from './runs/removals'
import { createRuns } from './runs/runs'
import { createRunStores } from './runs/runStores'
import { documentsActions } from './session/documentsActions'
import { newDocumentsStore } from './session/documentsStore'
import type { MaskEditor } from '../editor/maskEditor'
import { createPatchSelection } from './session/patchStore'
import type { FramingState } from './session/frameDraft'
import { framingActions } from './session/framingActions'
import { masksActions } from './session/masksActions'
import { createMaskStores } from './session/maskStores'
import { patchesActions } from './session/patchesActions'
import { createOpener } from './session/opener'
import { baseOf, closeLevels, type SourceImage } from './session/source'
import { createSession } from './session/session'
import { applySetup, selectSetup } from './session/setup'
import type { LinkState } from './share/link'
import { createLazyRoom } from './shell/lazyRoom'
import { createDialogs } from './shell/dialogs'
import { createMessages } from './shell/messages'
import { writeAgain } from './shell/persisted'
import { createSettings } from './shell/settings'
import { createToolSettings } from './shell/toolSettings'
import { createView } from './shell/view'
import { createViewport } from './shell/viewport'
import { combineStores } from './shell/combineStores'

/** Where the form was stored before it belonged to the draft. */
const RETIRED_KEY = 'pentimento.form'

/**
 * Makes everything the page does, on the browser that the ports stand for.
 * @param parts tests hand in parts that are there at once
 */
export function createApp(ports: Ports, parts: Parts = CHUNKS) {
  const messages = createMessages()
  const onWriteError = messages.reportStorage
  const { storage, page } = ports
  const settings = createSettings({ storage, language: page.language, onWriteError })
  const dialogs = createDialogs(messages.clearPassing)
  const tools = createToolSettings()
  const viewport = createViewport()

  const models = createModels(ports, onWriteError)
  const forms = createForms(settings, models)
  const runs = createRuns()
  const view = createView((id) => runs.byId(id)?.record.best ?? 0)
  view.store.subscribe((now, before) => {
    // What is said lies over the picture, where the frame's handles are.
    const isFramed = now.framing !== null && before.framing === null
    if (now.view !== before.view || isFramed) messages.clearConfirmations()
  })
  const removals = createRemovals()
  const selection = createPatchSelection()
  const runStores = createRunStores()
  const loadHistory = async () => (await Promise.all([parts.history(), lateMasks.load()]))[0]
  const onDropped = (dropped: SourceImage) => {
    const isUsed = runs.store.getState().runs.some(({ source }) => source && baseOf(source) === dropped)
    if (!isUsed) closeLevels(dropped.levels)
  }
  const takeBack = (editor: MaskEditor | null) => selection.takeBack() || removals.takeBack(editor)
  const pending = { takeBack, settle: selection.settle }
  const session = createSession(loadHistory, onDropped, pending, {
    read: () => selectSetup(forms.context()),
    fill: (setup) => applySetup({ settings, models, forms }, setup, true),
  })
  const chooseModel = createChooseModel(settings, forms, () => session.store.getState().frame)
  const loader = createModelLoader(ports, settings, models, chooseModel)
  const urlsInUse = () =>
    runs.store
      .getState()
      .runs.flatMap(({ stage, record }) => (stage === 'done' ? [] : (record.backend.url ?? [])))
  const ownServer = createOwnServer(ports)
  const deviceModels = createLateDeviceModels(parts.deviceModels, { ports, settings, messages })
  const backends = createBackends({ ports, settings, loader, onWriteError, urlsInUse })

  const openProject = async (file: File) =>
    (await lateShare.action(({ projects }) => projects.open)(file)) ?? false
  const opener = createOpener({ ports, messages, session, forms, tools, view, viewport, openProject })
  const maskStores = createMaskStores()
  const lateMasks = createLazyRoom(async () => {
    const rooms = { ports, messages, settings, tools, models, forms, session }
    return (await parts.masks())(rooms, maskStores)
  }, messages.report)
  const check = { doubtPolarity: lateMasks.action((masks) => masks.check.doubtPolarity) }
  const latePatches = createLazyRoom(
    async () => (await parts.patches())({ ports, messages, session, selection, view, viewport, tools }),
    messages.report,
  )
  const documentsStore = newDocumentsStore()
  const derived = new WeakSet<SourceImage>()
  const untouched = selectSetup(forms.context())
  const lateDocuments = createLazyRoom(async () => {
    const rooms = { ports, messages, settings, models, forms, session, view, viewport, opener, derived }
    const onCleared = () => {
      writeAgain(settings.store)
      writeAgain(models.store)
      writeAgain(backends.store)
      void rewriteRuns()
    }
    const own = { ...rooms, selection, patches: latePatches, onCleared }
    return (await parts.documents())(own, documentsStore, untouched)
  }, messages.report)

  const exchanges = createExchanges()
  const lateRuns = createLazyRoom(async () => {
    const rooms = { ports, messages, settings, models, forms, session, view, viewport, runs, dialogs, opener }
    const [create, patches] = await Promise.all([parts.runs(), latePatches.load()])
    return create({
      ...rooms,
      check,
      exchanges,
      removals,
      patches,
      derived,
      stores: runStores,
    })
  }, messages.report)
  const rewriteRuns = lateRuns.action(({ history }) => history.rewrite)
  const linkStore = createStore<LinkState>()(() => ({ question: null, awaited: null }))
  const lateShare = createLazyRoom(async () => {
    const rooms = { ports, messages, settings, models, forms, session, view, runs, opener, chooseModel }
    return (await parts.share())({ ...rooms, patches: latePatches, documents: lateDocuments }, linkStore)
  }, messages.report)
  const lookInto = lateShare.action(({ carried }) => carried.look)
  opener.onOpened((file) => void lookInto(file))
  const framingStore = createStore<FramingState>()(() => ({ draft: null, seen: null }))
  const lateFraming = createLazyRoom(async () => {
    const rooms = { ports, messages, forms, session, tools, view, viewport, opener }
    return (await parts.framing())({ ...rooms, patches: latePatches }, framingStore)
  }, messages.report)
  const exportStore = createStore<ExportState>()(() => ({ open: null }))
  const lateExports = createLazyRoom(async () => {
    const rooms = { ports, messages, forms, settings, session, view, runs, selection, patches: latePatches }
    return (await parts.exports())(rooms, exportStore)
  }, messages.report)

  const startDocuments = lateDocuments.action((documents) => documents.start)

  const archive = createLateArchive({ ports, messages, models, session, runs }, parts.archive)

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
    ownServer: ownServer.store,
    deviceModels: deviceModels.store,
    session: session.store,
    documents: documentsStore,
    ...maskStores,
    runs: runs.store,
    removals: removals.store,
    patches: selection.store,
    framing: framingStore,
    ...runStores,
    exchanges: exchanges.store,
    links: linkStore,
    exports: exportStore,
    archive: archive.store,
  })

  return {
    state,
    pageUrl: page.base,
    filesPath: page.files,
    /** What was open comes back first, so that a link can ask before it replaces it. No run waits for a link's picture. */
    async start(address: URL): Promise<void> {
      storage?.removeItem(RETIRED_KEY)
      // Asked for before anything is awaited: a file that is opened meanwhile comes later, and wins.
      await opener.replace(null, async (signal) =>
        ports.documents.openedHere() === null ? null : (await lateDocuments.load()).restore(signal),
      )
      await startDocuments()
      void ownServer.ask()
      const openLink = async () => {
        if (address.hash || address.search) await (await lateShare.load()).links.open(address)
      }
      const restoreRuns = async () => (await lateRuns.load()).history.restore()
      if (settings.store.getState().deviceModel !== '') void deviceModels.look()
      await Promise.all([openLink(), restoreRuns()])
      await (await lateRuns.load()).history.restoreOlder()
      await (await lateDocuments.load()).sweep()
      await ports.archive.sweep()
    },
    /** Keeps the page's files for visits without a network, and offers new versions: once the page can be used. */
    keepOffline: () => ports.offline.keep(() => messages.notify('update-ready')),
    needsNewPage: page.needsNewPage,
    /** Opens what an address leads to: a link of such a page, a model's page, or a picture. */
    async openAddress(text: string): Promise<void> {
      if (!(await lateShare.action(({ links }) => links.openText)(text))) await opener.openUrl(text)
    },
    startUpdate: () => void ports.offline.startUpdate().catch(messages.report),
    archive,
    ...runsActions(lateRuns),
    /** What the page keeps in this browser, as a whole. */
    device: { ...ports.space, measure: ports.archive.measure, forgetTokens: ports.vault.forgetAll },
    ...shareActions(lateShare, linkStore),
    ...exportsActions(lateExports),
    ...masksActions(lateMasks),
    openMaskDisplay: ports.masks.openDisplay,
    patches: { select: selection.select, ...patchesActions(latePatches) },
    ...framingActions(lateFraming),
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
    deviceModels,
    session,
    opener,
    check,
    documents: { ...documentsActions(lateDocuments), thumbnail: ports.documents.loadDocumentThumbnail },
    runs,
  }
}

export type App = ReturnType<typeof createApp>
export type AppState = ReturnType<App['state']['read']>
