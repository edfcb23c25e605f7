import type { LazyRoom } from '../shell/lazyRoom'
import type { Documents } from './documents'

/** What views ask of the pictures that are kept. */
export function documentsActions(lateDocuments: LazyRoom<Documents>) {
  return {
    open: lateDocuments.action((documents) => documents.open),
    goTo: lateDocuments.action((documents) => documents.goTo),
    takeOver: lateDocuments.action((documents) => documents.takeOver),
    history: lateDocuments.value((documents) => documents.history),
    recent: lateDocuments.value((documents) => documents.recent),
    list: lateDocuments.value((documents) => documents.list),
    remove: lateDocuments.value((documents) => documents.remove),
    undoRemove: lateDocuments.action((documents) => documents.undoRemove),
  }
}
