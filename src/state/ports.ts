import type { createBackend } from '../backends/backendRegistry'
import type { addModel, listModels, removeModel } from '../backends/onnx/modelLibrary'
import type { probeBackend } from '../backends/probe'
import type { CreateRoutes } from '../backends/replicate/createRoute'
import type { ArchiveApi } from '../platform/archiveApi'
import type { deflateRaw, inflateRaw } from '../platform/deflate'
import type * as documentShelf from '../platform/documentShelf'
import type * as documentStore from '../platform/documentStore'
import type { copyImage, copyText, saveFile } from '../platform/download'
import type { decodeImage, makeLevels, readPixels } from '../platform/imageDecode'
import type { encodeExport, exportFormats, readFileFacts } from '../platform/exportClient'
import type { encodePng, encodeSmall } from '../platform/imageEncode'
import type { isAnswering, obstacleTo } from '../platform/reach'
import type { fetchImage, readClipboardImage } from '../platform/imageImport'
import type { ifAlone, whenAlone } from '../platform/locks'
import type {
  computeCommand,
  computeImport,
  computeOutline,
  computeReplay,
  computeTurn,
  computeReview,
  computeSelection,
  prepareOperations,
  prepareSelection,
} from '../platform/maskClient'
import type { openMaskDisplay } from '../platform/maskDisplay'
import type { heldBlob } from '../platform/heldBlob'
import type { scaleInWorker } from '../platform/inputScale'
import type { nextTask } from '../platform/nextTask'
import type { askOwnServer } from '../platform/ownServer'
import type * as openDocuments from '../platform/openDocuments'
import type { needsNewPage } from '../platform/missedModules'
import type * as openedDocument from '../platform/openedDocument'
import type { fetchOutput } from '../platform/outputFetch'
import type { differenceInWorker } from '../platform/outputDifference'
import type { placeInWorker } from '../platform/outputPlace'
import type { compareOutside, composeInWorker, drawLiveBlend, openLiveBlend } from '../platform/patchClient'
import type { keepOffline, startUpdate } from '../platform/offline'
import type { askBeforeLeaving, onPageLeft } from '../platform/pageHide'
import type { rotateInWorker } from '../platform/pictureRotate'
import type { chooseProjectTarget, openProject, saveProject } from '../platform/projectClient'
import type { onRunsOfOtherTab, tellTabs } from '../platform/runChannel'
import type * as runStore from '../platform/runStore'
import type { persistStorage, storageSpace } from '../platform/storageSpace'
import type { makeThumbnail } from '../platform/thumbnail'
import type { TokenVault } from '../platform/tokenVault'
import type { deleteEverything } from '../platform/wipeChannel'

/** The part of the browser's storage that small settings need. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The browser as `state` sees it: the page hands in the real one, tests hand in fakes. */
export interface Ports {
  /** Small settings that outlive a tab; null where the browser refuses storage. */
  readonly storage: KeyValueStorage | null
  readonly page: {
    /** The page's address without query and fragment. */
    readonly base: string
    /** Where its own files are, as a path. */
    readonly files: string
    /** The browser's language, as a BCP 47 tag. */
    readonly language: string
    /** Takes query and fragment out of the address bar. */
    clearAddress(): void
    /** While on, leaving the page is asked about. */
    readonly askBeforeLeaving: typeof askBeforeLeaving
    /** Calls back as the page is left: what is written to disk then may not arrive. */
    readonly onLeft: typeof onPageLeft
    readonly needsNewPage: typeof needsNewPage
    /** Lets the page draw and take input between parts of long work. */
    readonly nextTask: typeof nextTask
    /** Calls back when the page is looked at again, or is online again. */
    onWake(callback: () => void): void
    /** Calls back when another tab has written a key of `storage`; null stands for all keys. */
    readonly onStorage: (callback: (key: string | null) => void) => void
  }
  readonly documents: Pick<
    typeof documentStore,
    'loadDocumentThumbnail' | 'readDocument' | 'saveDocumentThumbnail' | 'writeDocument'
  > &
    typeof documentShelf &
    typeof openDocuments &
    typeof openedDocument
  readonly runs: Pick<
    typeof runStore,
    | 'holdSource'
    | 'loadOutput'
    | 'loadRun'
    | 'loadSource'
    | 'loadThumbnail'
    | 'newestRuns'
    | 'saveOutput'
    | 'saveRun'
    | 'saveThumbnail'
  >
  /** All stored runs. */
  readonly archive: ArchiveApi
  /** The page's storage as a whole. */
  readonly space: {
    readonly look: typeof storageSpace
    readonly persist: typeof persistStorage
    readonly deleteEverything: typeof deleteEverything
  }
  readonly locks: { readonly ifAlone: typeof ifAlone; readonly whenAlone: typeof whenAlone }
  /** The other tabs of this page. */
  readonly tabs: { readonly tell: typeof tellTabs; readonly onRuns: typeof onRunsOfOtherTab }
  readonly codec: {
    readonly decode: typeof decodeImage
    readonly pixels: typeof readPixels
    readonly levels: typeof makeLevels
    readonly place: typeof placeInWorker
    readonly difference: typeof differenceInWorker
    readonly scale: typeof scaleInWorker
    readonly rotate: typeof rotateInWorker
    readonly encodeSmall: typeof encodeSmall
    readonly encodePng: typeof encodePng
    readonly thumbnail: typeof makeThumbnail
    /** Hex; null where the browser refuses it. */
    sha256(blob: Blob): Promise<string | null>
    readonly hold: typeof heldBlob
    /** Makes a bitmap to draw, of a single pixel or of a stored thumbnail. */
    toBitmap(source: Blob | ImageData): Promise<ImageBitmap>
  }
  /** Files with metadata, in a worker of their own. */
  readonly exports: {
    readonly formats: typeof exportFormats
    readonly facts: typeof readFileFacts
    readonly encode: typeof encodeExport
  }
  readonly masks: {
    readonly command: typeof computeCommand
    readonly selection: typeof computeSelection
    readonly review: typeof computeReview
    readonly importMask: typeof computeImport
    readonly replay: typeof computeReplay
    readonly turn: typeof computeTurn
    readonly outline: typeof computeOutline
    readonly prepareOperations: typeof prepareOperations
    readonly prepareSelection: typeof prepareSelection
    readonly openDisplay: typeof openMaskDisplay
  }
  readonly patches: {
    readonly compose: typeof composeInWorker
    readonly outside: typeof compareOutside
    readonly openLive: typeof openLiveBlend
    readonly drawLive: typeof drawLiveBlend
  }
  readonly vault: TokenVault
  readonly network: {
    readonly fetchImage: typeof fetchImage
    readonly fetchOutput: typeof fetchOutput
    readonly isAnswering: typeof isAnswering
    readonly obstacleTo: typeof obstacleTo
  }
  /** The server that the page came from. */
  readonly ownServer: typeof askOwnServer
  readonly deflate: { readonly pack: typeof deflateRaw; readonly unpack: typeof inflateRaw }
  readonly clipboard: {
    readonly readImage: typeof readClipboardImage
    readonly copyText: typeof copyText
    readonly copyImage: typeof copyImage
  }
  readonly saveFile: typeof saveFile
  readonly projects: {
    readonly choose: typeof chooseProjectTarget
    readonly save: typeof saveProject
    readonly open: typeof openProject
  }
  readonly offline: { readonly keep: typeof keepOffline; readonly startUpdate: typeof startUpdate }
  /** The models that run on this device. */
  readonly deviceModels: {
    readonly list: typeof listModels
    readonly add: typeof addModel
    readonly remove: typeof removeModel
  }
  readonly backends: {
    readonly create: typeof createBackend
    readonly probe: typeof probeBackend
    /** Which path each server takes a create at. */
    readonly routes: Pick<CreateRoutes, 'learn' | 'of' | 'onLearned'>
  }
}
