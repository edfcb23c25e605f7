import { isSameSetup } from '../../core/document/document'
import { isEqual } from '../../core/document/equality'
import { DEFAULT_SENT } from '../../core/document/sentArea'
import type { DocumentContents } from '../../core/document/storedDocument'
import type { DocumentsRooms } from './documentOpener'
import type { OpenDocument } from './openDocument'
import type { SessionState } from './session'
import { selectSetup } from './setup'

/** What a document says besides its steps, as it is on the page. */
export function createDocumentCapture({ forms, viewport }: Pick<DocumentsRooms, 'forms' | 'viewport'>) {
  const contentsOf = (state: SessionState, last: DocumentContents | null): DocumentContents => ({
    ...(state.editor
      ? {
          frame: state.settledFrame,
          sent: state.sent,
          patches: state.settled,
          regions: state.settledRegions,
        }
      : {
          frame: last?.frame ?? null,
          sent: last?.sent ?? DEFAULT_SENT,
          patches: last?.patches ?? [],
          regions: last?.regions ?? [],
        }),
    setup: selectSetup(forms.context()),
    viewport: state.editor ? viewport.store.getState().viewport : (last?.viewport ?? null),
  })

  const capture = (document: OpenDocument, state: SessionState) => {
    const now = contentsOf(state, document.contents)
    const last = document.contents
    const isSame =
      last?.setup &&
      now.setup &&
      isSameSetup(now.setup, last.setup) &&
      isEqual(now.patches, last.patches) &&
      now.regions === last.regions &&
      now.viewport === last.viewport &&
      now.frame === last.frame &&
      now.sent === last.sent
    if (!isSame) document.setContents(now)
  }

  return { contentsOf, capture }
}
