import { encodeStep, readJournal } from '../../core/document/codec/journalCodec'
import { decodePatches, encodePatches } from '../../core/document/codec/patchCodec'
import { historyOf, keysOfHistory, type ProjectHistory } from '../../core/document/codec/projectHistory'
import { decodeRegions, encodeRegions } from '../../core/document/codec/regionCodec'
import type { PictureDocument, PixelKey } from '../../core/document/document'
import type { DocumentContents, NumberedStep } from '../../core/document/storedDocument'
import type { EditStep } from '../../editor/undoStep'
import { handOver, locked } from './documentLock'
import type { DocumentOpenerRooms } from './documentOpener'
import { createStoredPicture, withSteps } from './documentPicture'
import { type GatheredSteps, OpenDocument } from './openDocument'
import type { Prepared } from './replacePicture'
import { captureDocument } from './setup'
import { baseOf, pictureSize, type SourceImage } from './source'

/** What is open, as a project file holds it. */
export interface CapturedProject {
  readonly source: SourceImage
  readonly document: PictureDocument
  readonly history: ProjectHistory
  /** The picture that the steps start from, where it is another one; pixels that the steps of an early draft hold themselves. */
  readonly files: ReadonlyMap<PixelKey, Blob>
}

/** A project file that was read. */
export interface ReadDocument {
  /** Its picture without kept results. */
  readonly base: SourceImage
  readonly document: PictureDocument
  readonly history: ProjectHistory
  /** By key. */
  readonly pixels: ReadonlyMap<PixelKey, Blob>
}

/** Documents that go to files and come from them. */
export interface DocumentProjects {
  /** @returns null where nothing is open */
  captureProject(): Promise<CapturedProject | null>
  /** Makes a document of a file. @param fillForm fills the form along with it */
  prepareProject(read: ReadDocument, fillForm: () => void): Promise<Prepared | null>
}

/** Addresses of masks stay here: elsewhere they may be of another picture. */
const NO_URLS = new Map()

export function createDocumentProjects(rooms: DocumentOpenerRooms): DocumentProjects {
  const { ports, session, forms, opener, viewport, patches, writer, messages, current, take } = rooms
  const pictureAt = createStoredPicture(rooms)

  return {
    async captureProject() {
      await session.settle()
      await writer.idle()
      const state = session.store.getState()
      const { source, editor, settled, settledRegions, settledFrame } = state
      const document = captureDocument(state, forms.context())
      if (!source || !editor || !document) return null
      const open = current()
      const done = inOneLine(editor.steps)
      const { viewport: shown } = viewport.store.getState()
      const gathered = open?.editor === editor ? open.gather() : null
      // A storage that is blocked has none.
      const stored = open && (await ports.documents.readDocument(open.id, null).catch(() => null))
      const { steps, tip, head } = gathered?.(stored?.journal.steps ?? []) ?? done
      const start = open?.editor === editor ? open.created : null
      const files = new Map(stored?.journal.files)
      if (start?.base && start.file) files.set(start.base.key, start.file)
      const isTurned = editor.steps.some(({ edit }) => edit?.kind === 'turn')
      // Without the picture that they start from, steps lead nowhere.
      if (isTurned && !(start?.base && start.size))
        return { source, document, history: historyOf(document), files }
      const { key = '', name = '' } = start?.base ?? {}
      const base = isTurned && start?.size ? { key, name, ...start.size } : null
      const history = {
        tip,
        head,
        viewport: shown,
        ...(base ? { base } : {}),
        frame: settledFrame,
        patches: encodePatches(settled),
        regions: encodeRegions(settledRegions),
        steps: steps.map((step) => encodeStep(step, NO_URLS)),
      }
      return { source, document, history, files }
    },
    async prepareProject({ base, document: read, history, pixels }, fillForm) {
      const { key, name, link, file } = baseOf(base)
      const id = crypto.randomUUID()
      return locked(await ports.documents.holdDocument(id), async (holder) => {
        const named = keysOfHistory(history)
        const store = named.length > 0 ? (await patches.load()).pixels : null
        for (const one of named) {
          const blob = pixels.get(one)
          if (blob) store?.hold(one, await ports.codec.hold(blob))
        }
        const journal = readJournal(history.steps.map((value) => ({ number: value.number, value })))
        const contents: DocumentContents = {
          frame: history.frame,
          sent: read.sent,
          patches: decodePatches(history.patches),
          regions: decodeRegions(history.regions),
          // A file must not say where the next picture is sent: what the form makes of its setup is written.
          setup: null,
          viewport: history.viewport,
        }
        const at = await pictureAt(base, { contents, journal }, history.tip, history.head)
        const { branch, undone, lost, discard } = at
        const shownPicture = await withSteps(rooms, at, read.sent)
        const createdAt = new Date().toISOString()
        const document = new OpenDocument({
          id,
          created: { createdAt, base: { key, name, link }, size: pictureSize(base), from: null, file },
          contents,
        })
        document.renew(journal.steps)
        document.open(branch, undone)
        return {
          commit() {
            handOver(holder, document)
            take(document, true)
            opener.show(shownPicture, false, fillForm)
            viewport.set(history.viewport)
            if (lost) messages.report(lost)
          },
          discard,
        }
      })
    },
  }
}

/** The steps of a document that no disk has: its other branches are gone. */
function inOneLine(done: readonly EditStep[]): GatheredSteps {
  const steps = done.map(({ command, area, edit }, place): NumberedStep => ({
    number: place + 1,
    parent: place,
    at: null,
    command,
    area,
    edit,
  }))
  return { tip: steps.length, head: steps.length, steps }
}
