import { LazyOutlineLayer, LazyOutsideLayer, LazyRemovalLayer } from '../canvas/lazyLayers'
import { LazyRevealLayer } from '../canvas/lazyRevealLayer'
import { LazyFrameEdges } from '../canvas/lazyFrameEdges'
import { LazySendFrame } from '../canvas/lazySendFrame'
import { Spacer } from '../kit/Spacer'
import { ExportPlace } from '../picture/ExportButton'
import { laterPart, lazyPart } from '../messages/lazyPart'
import { LazyErrorText } from '../messages/Messages'
import {
  LazyBadField,
  LazyRunAbout,
  LazyRunEnd,
  LazyRunList,
  LazyRunning,
  LazySendInfo,
} from '../runs/lazyRuns'
import { LazyCombineOptions, LazyWandOptions } from '../toolbar/selectingParts'

export const EditorCanvas = lazyPart(async () => (await import('../canvas/EditorCanvas')).EditorCanvas)
export const ComparePanes = laterPart(async () => (await import('../compare/ComparePanes')).ComparePanes)
export const Toolbar = lazyPart(async () => (await import('../toolbar/Toolbar')).Toolbar)
export const ZoomControls = lazyPart(async () => (await import('../canvas/ZoomControls')).ZoomControls)
export const PictureControls = lazyPart(async () => (await import('./PictureControls')).PictureControls)
export const Sheet = lazyPart(async () => (await import('./Sheet')).Sheet)
export const ToolOptions = lazyPart(async () => (await import('../toolbar/ToolOptions')).ToolOptions)
/** In place of the tool's options, while what is sent is chosen. */
export const SendOptions = laterPart(async () => (await import('../toolbar/SendOptions')).SendOptions)
/** Likewise, while what the picture shows is chosen. */
export const FrameOptions = laterPart(async () => (await import('../picture/FrameOptions')).FrameOptions)
/** In their place, while brush and eraser reveal. */
export const RevealOptions = laterPart(async () => (await import('../toolbar/RevealOptions')).RevealOptions)
export const ExportMenu = lazyPart(
  async () => (await import('../picture/ExportMenu')).ExportMenu,
  ExportPlace,
)
export const PredictionForm = lazyPart(
  async () => (await import('../form/PredictionForm')).PredictionForm,
  Spacer,
)
export const Attendants = lazyPart(async () => (await import('./Attendants')).Attendants)
export const RunAnnouncer = lazyPart(async () => (await import('./RunAnnouncer')).RunAnnouncer)
/** Kept results, where there are any. */
export const PatchPanel = laterPart(async () => (await import('../patches/PatchPanel')).PatchPanel)
export const PatchesButton = laterPart(async () => (await import('../patches/PatchesButton')).PatchesButton)
/** Masks that are set aside, where there are any. */
export const RegionPanel = laterPart(async () => (await import('../patches/RegionPanel')).RegionPanel)
/** Beside the form on a sheet: next to Run there is no room for it. */
export const SweepLink = laterPart(async () => (await import('../runs/SweepLink')).SweepLink)
export const HistoryPage = laterPart(async () => (await import('../history/HistoryPage')).HistoryPage, Spacer)
export const DocumentNotes = laterPart(async () => (await import('../messages/DocumentNotes')).DocumentNotes)
export const OpenDialog = laterPart(async () => (await import('./OpenDialog')).OpenDialog)

const PARTS = [
  LazyCombineOptions,
  LazyWandOptions,
  LazyErrorText,
  LazyBadField,
  LazyRunAbout,
  LazyRunList,
  LazyRunning,
  LazyRunEnd,
  Attendants,
  RunAnnouncer,
  PredictionForm,
  Toolbar,
  EditorCanvas,
  ToolOptions,
  ZoomControls,
  PictureControls,
  Sheet,
  ExportMenu,
  ComparePanes,
  HistoryPage,
  OpenDialog,
  PatchPanel,
  RegionPanel,
  SweepLink,
  PatchesButton,
  LazySendInfo,
  LazySendFrame,
  LazyOutlineLayer,
  LazyRemovalLayer,
  LazyOutsideLayer,
  SendOptions,
  FrameOptions,
  LazyFrameEdges,
  RevealOptions,
  LazyRevealLayer,
  DocumentNotes,
]

/** Fetches every part that is not loaded yet. A failed one is fetched again when it is drawn. */
export async function preloadParts(): Promise<void> {
  await Promise.all(PARTS.map((part) => part.preload()))
}
