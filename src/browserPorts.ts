import { createBackend } from './backends/backendRegistry'
import { deflateRaw, inflateRaw } from './platform/deflate'
import { sha256 } from './platform/digest'
import { copyImage, copyText, saveFile } from './platform/download'
import { claimTab, loadDraft, saveDraft, sweepDrafts, writeJournal } from './platform/draftStore'
import { decodeImage, makeLevels } from './platform/imageDecode'
import { encodeImage, encodePng } from './platform/imageEncode'
import { fetchImage, readClipboardImage } from './platform/imageImport'
import { ifAlone, whenAlone } from './platform/locks'
import {
  computeCommand,
  computeImport,
  computeReview,
  computeSelection,
  prepareOperations,
  prepareSelection,
} from './platform/maskClient'
import { fetchOutput } from './platform/outputFetch'
import { onRunOfOtherTab, tellTabs } from './platform/runChannel'
import {
  loadOutput,
  loadRun,
  loadSource,
  loadThumbnail,
  newestRuns,
  saveOutput,
  saveRun,
  saveThumbnail,
  sweepBlobs,
} from './platform/runStore'
import { makeThumbnail } from './platform/thumbnail'
import { tokenVault } from './platform/tokenVault'
import type { KeyValueStorage, Ports } from './state/ports'

/** The browser refuses storage to some pages by throwing at the first look. */
function localStore(): KeyValueStorage | null {
  try {
    return localStorage
  } catch {
    return null
  }
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
      onWake(callback) {
        addEventListener('online', callback)
        addEventListener('focus', callback)
        document.addEventListener('visibilitychange', () => {
          if (document.visibilityState === 'visible') callback()
        })
      },
    },
    drafts: { claimTab, load: loadDraft, save: saveDraft, writeJournal, sweep: sweepDrafts },
    runs: {
      loadOutput,
      loadRun,
      loadSource,
      loadThumbnail,
      newestRuns,
      saveOutput,
      saveRun,
      saveThumbnail,
      sweepBlobs,
    },
    locks: { ifAlone, whenAlone },
    tabs: { tell: tellTabs, onRun: onRunOfOtherTab },
    codec: {
      decode: decodeImage,
      levels: makeLevels,
      encode: encodeImage,
      encodePng,
      thumbnail: makeThumbnail,
      sha256,
      toBitmap: (source) => createImageBitmap(source),
    },
    masks: {
      command: computeCommand,
      selection: computeSelection,
      review: computeReview,
      importMask: computeImport,
      prepareOperations,
      prepareSelection,
    },
    vault: tokenVault(),
    network: { fetchImage, fetchOutput },
    deflate: { pack: deflateRaw, unpack: inflateRaw },
    clipboard: { readImage: readClipboardImage, copyText, copyImage },
    saveFile,
    backends: {
      create: createBackend,
      probe: async (...question) => (await import('./backends/probe')).probeBackend(...question),
    },
  }
}
