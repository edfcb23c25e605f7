import { createBackend } from './backends/backendRegistry'
import { createRoutes } from './backends/replicate/createRoute'
import { copyImage, copyText, saveFile } from './platform/download'
import { ifAlone, whenAlone } from './platform/locks'
import { needsNewPage } from './platform/missedModules'
import { nextTask } from './platform/nextTask'
import { noteLeft, noteOpened, openedHere, takeLeft } from './platform/openedDocument'
import { askBeforeLeaving, onPageLeft } from './platform/pageHide'
import { onRunsOfOtherTab, tellTabs } from './platform/runChannel'
import { tokenVault } from './platform/tokenVault'
import { deleteEverything } from './platform/wipeChannel'
import type { KeyValueStorage, Ports } from './state/ports'

/** What `lazily` fetches. */
const LATER: (() => Promise<unknown>)[] = []

/** The asynchronous functions of a module that is fetched at the first call: the start page does without it. */
function lazily<Module extends object>(load: () => Promise<Module>) {
  LATER.push(load)
  return <Name extends keyof Module>(name: Name): Module[Name] => {
    const call = async (...args: unknown[]) => {
      const loaded = await load()
      return (loaded[name] as (...args: unknown[]) => unknown)(...args)
    }
    return call as Module[Name]
  }
}

const documents = lazily(() => import('./platform/documentStore'))
const shelf = lazily(() => import('./platform/documentShelf'))
const tabs = lazily(() => import('./platform/openDocuments'))
const runs = lazily(() => import('./platform/runStore'))
const space = lazily(() => import('./platform/storageSpace'))
const archive = lazily(() => import('./platform/archiveClient'))
const decode = lazily(() => import('./platform/imageDecode'))
const encode = lazily(() => import('./platform/imageEncode'))
const imports = lazily(() => import('./platform/imageImport'))
const masks = lazily(() => import('./platform/maskClient'))
const patches = lazily(() => import('./platform/patchClient'))
const library = lazily(() => import('./backends/onnx/modelLibrary'))
const exports = lazily(() => import('./platform/exportClient'))
const deflate = lazily(() => import('./platform/deflate'))
const projects = lazily(() => import('./platform/projectClient'))
const offline = lazily(() => import('./platform/offline'))

/** The browser refuses storage to some pages by throwing at the first look. */
function localStore(): KeyValueStorage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

/** Fetches ahead what the ports are made of. Never rejects: what failed is fetched again when it is needed. */
export async function preloadPorts(): Promise<void> {
  await Promise.allSettled(LATER.map((load) => load()))
}

/** What `state` works with, in this browser. */
export function browserPorts(): Ports {
  return {
    storage: localStore(),
    page: {
      base: location.origin + location.pathname,
      files: import.meta.env.BASE_URL,
      language: navigator.language,
      clearAddress: () => history.replaceState(null, '', location.pathname),
      askBeforeLeaving,
      onLeft: onPageLeft,
      needsNewPage,
      nextTask,
      onWake(callback) {
        addEventListener('online', callback)
        addEventListener('focus', callback)
        document.addEventListener('visibilitychange', () => {
          if (document.visibilityState === 'visible') callback()
        })
      },
      onStorage: (callback) => addEventListener('storage', ({ key }) => callback(key)),
    },
    documents: {
      countDocuments: shelf('countDocuments'),
      documentBytes: shelf('documentBytes'),
      documentsFrom: shelf('documentsFrom'),
      inTrash: shelf('inTrash'),
      listDocuments: shelf('listDocuments'),
      loadDocumentThumbnail: documents('loadDocumentThumbnail'),
      moveDocumentsToTrash: shelf('moveDocumentsToTrash'),
      readDocument: documents('readDocument'),
      removeDocuments: shelf('removeDocuments'),
      saveDocumentThumbnail: documents('saveDocumentThumbnail'),
      starDocument: shelf('starDocument'),
      sweepForms: shelf('sweepForms'),
      takeDocumentsFromTrash: shelf('takeDocumentsFromTrash'),
      writeDocument: documents('writeDocument'),
      askForDocument: tabs('askForDocument'),
      heldDocuments: tabs('heldDocuments'),
      holdDocument: tabs('holdDocument'),
      holdWhenFree: tabs('holdWhenFree'),
      keepDocument: tabs('keepDocument'),
      onDocumentKept: tabs('onDocumentKept'),
      onDocumentWanted: tabs('onDocumentWanted'),
      noteLeft,
      noteOpened,
      openedHere,
      takeLeft,
    },
    runs: {
      holdSource: runs('holdSource'),
      loadOutput: runs('loadOutput'),
      loadRun: runs('loadRun'),
      loadSource: runs('loadSource'),
      loadThumbnail: runs('loadThumbnail'),
      newestRuns: runs('newestRuns'),
      saveOutput: runs('saveOutput'),
      saveRun: runs('saveRun'),
      saveThumbnail: runs('saveThumbnail'),
    },
    space: {
      look: space('storageSpace'),
      persist: space('persistStorage'),
      deleteEverything,
    },
    archive: {
      scan: archive('scan'),
      read: archive('read'),
      measure: archive('measure'),
      star: archive('star'),
      moveToTrash: archive('moveToTrash'),
      takeFromTrash: archive('takeFromTrash'),
      purge: archive('purge'),
      sweep: archive('sweep'),
    },
    locks: { ifAlone, whenAlone },
    tabs: { tell: tellTabs, onRuns: onRunsOfOtherTab },
    codec: {
      decode: decode('decodeImage'),
      pixels: decode('readPixels'),
      levels: decode('makeLevels'),
      difference: lazily(() => import('./platform/outputDifference'))('differenceInWorker'),
      place: lazily(() => import('./platform/outputPlace'))('placeInWorker'),
      scale: lazily(() => import('./platform/inputScale'))('scaleInWorker'),
      rotate: lazily(() => import('./platform/pictureRotate'))('rotateInWorker'),
      encodeSmall: encode('encodeSmall'),
      encodePng: encode('encodePng'),
      thumbnail: lazily(() => import('./platform/thumbnail'))('makeThumbnail'),
      sha256: lazily(() => import('./platform/digest'))('sha256'),
      hold: lazily(() => import('./platform/heldBlob'))('heldBlob'),
      toBitmap: (source) => createImageBitmap(source),
    },
    exports: {
      formats: exports('exportFormats'),
      facts: exports('readFileFacts'),
      encode: exports('encodeExport'),
    },
    masks: {
      command: masks('computeCommand'),
      selection: masks('computeSelection'),
      review: masks('computeReview'),
      importMask: masks('computeImport'),
      replay: masks('computeReplay'),
      turn: masks('computeTurn'),
      outline: masks('computeOutline'),
      prepareOperations: masks('prepareOperations'),
      prepareSelection: masks('prepareSelection'),
      openDisplay: lazily(() => import('./platform/maskDisplay'))('openMaskDisplay'),
    },
    patches: {
      compose: patches('composeInWorker'),
      outside: patches('compareOutside'),
      openLive: patches('openLiveBlend'),
      drawLive: patches('drawLiveBlend'),
    },
    vault: tokenVault(),
    network: {
      fetchImage: imports('fetchImage'),
      fetchOutput: lazily(() => import('./platform/outputFetch'))('fetchOutput'),
      isAnswering: lazily(() => import('./platform/reach'))('isAnswering'),
      obstacleTo: lazily(() => import('./platform/reach'))('obstacleTo'),
    },
    ownServer: lazily(() => import('./platform/ownServer'))('askOwnServer'),
    deflate: { pack: deflate('deflateRaw'), unpack: deflate('inflateRaw') },
    clipboard: { readImage: imports('readClipboardImage'), copyText, copyImage },
    saveFile,
    projects: {
      choose: projects('chooseProjectTarget'),
      save: projects('saveProject'),
      open: projects('openProject'),
    },
    offline: { keep: offline('keepOffline'), startUpdate: offline('startUpdate') },
    deviceModels: {
      list: library('listModels'),
      add: library('addModel'),
      remove: library('removeModel'),
    },
    backends: {
      create: createBackend,
      routes: createRoutes,
      probe: lazily(() => import('./backends/probe'))('probeBackend'),
    },
  }
}
