import {
  keysOfProject,
  MAX_PROJECT_PARTS,
  MAX_PROJECT_RUNS,
  type Project,
} from '../../core/document/codec/projectCodec'
import { asPicture } from '../../core/document/codec/editCodec'
import { basesOfHistory, historyOf } from '../../core/document/codec/projectHistory'
import { PROJECT_EXTENSION } from '../../core/document/codec/projectFile'
import { keysOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import type { PictureRef, PixelKey } from '../../core/document/document'
import { AppError } from '../../core/errors'
import type { PackedFile, UnpackedProject } from '../../platform/projectApi'
import { listedRun } from '../runs/liveRun'
import type { Runs } from '../runs/runs'
import { stem } from '../session/pictureName'
import { type CapturedProject, createDocumentProjects } from '../session/documentProject'
import type { Documents } from '../session/documents'
import type { PatchesRoom } from '../session/patchesRoom'
import { applySetup } from '../session/setup'
import { baseOf, closeLevels, pictureSize, type SourceImage } from '../session/source'
import type { LazyRoom } from '../shell/lazyRoom'
import type { LinkRooms } from './linkRooms'

export interface Projects {
  /** Saves what is open as a project file: picture, mask, kept results, their steps, settings, runs. Never a key. */
  save(): Promise<void>
  /**
   * Opens a project file as far as it goes. Its backend is left out, its runs are listed, and nothing is sent.
   * @returns false where it did not become what is open
   */
  open(file: File): Promise<boolean>
}

export interface ProjectRooms extends LinkRooms {
  readonly runs: Runs
  readonly patches: LazyRoom<PatchesRoom>
  readonly documents: LazyRoom<Documents>
}

export function createProjects(rooms: ProjectRooms): Projects {
  const { ports, messages, session, opener, runs, patches, documents } = rooms

  const documentProjects = async () => createDocumentProjects((await documents.load()).opening)

  const runsOf = async (baseKeys: ReadonlySet<PixelKey>): Promise<RunRecord[]> => {
    const here = runs.store.getState().runs.map(({ record }) => record)
    const known = new Set(here.map(({ id }) => id))
    // A storage that is blocked has none.
    const stored = await ports.runs.newestRuns(MAX_PROJECT_RUNS).catch(() => [])
    return [...here, ...stored.filter(({ id }) => !known.has(id))]
      .filter(({ document }) => baseKeys.has(document.base.key))
      .slice(0, MAX_PROJECT_RUNS)
  }

  const pixelsOf = async ({ source, files }: CapturedProject, key: PixelKey): Promise<Blob | null> => {
    const base = baseOf(source)
    if (key === base.key) return base.file ?? ports.codec.encodePng(base.pixels)
    const { pixels } = await patches.load()
    return files.get(key) ?? pixels.filesOf([key]).get(key) ?? ports.runs.loadSource(key)
  }

  /** What a full disk refused is in memory. */
  const outputOf = async (id: string, place: number): Promise<Blob | null> => {
    const stored = await ports.runs.loadOutput(id, place).catch(() => null)
    const held = runs.byId(id)?.outputs.find((output) => output.place === place)
    if (stored || held?.kind !== 'ready') return stored
    const pixels = await held.crop.read().catch(() => null)
    return pixels && ports.codec.encodePng(pixels)
  }

  /** @returns also how many did not fit */
  const filesOf = async (captured: CapturedProject, project: Project) => {
    const files: PackedFile[] = []
    let missing = 0
    const add = async (holds: PackedFile['holds'], load: Promise<Blob | null>) => {
      // What cannot be read is left out, as what is gone.
      const blob = await load.catch(() => null)
      if (blob && files.length < MAX_PROJECT_PARTS) files.push({ holds, blob })
      else if (blob) missing += 1
    }
    for (const key of keysOfProject(project)) await add({ kind: 'pixels', key }, pixelsOf(captured, key))
    for (const { id, outputCount } of project.runs) {
      for (let place = 0; place < outputCount; place++)
        await add({ kind: 'output', runId: id, place }, outputOf(id, place))
      await add({ kind: 'thumbnail', runId: id }, ports.runs.loadThumbnail(id))
    }
    return { files, missing }
  }

  const keepRun = async (record: RunRecord, { pixels, ofRuns }: UnpackedProject) => {
    // One that is here already is not written over: a file may name any.
    if (runs.byId(record.id) || (await ports.runs.loadRun(record.id))) return
    const files = keysOfRun(record).flatMap((key) =>
      pixels.has(key) ? [[key, pixels.get(key)!] as const] : [],
    )
    await ports.runs.saveRun(record, new Map(files))
    for (const { holds, blob } of ofRuns) {
      if (holds.runId !== record.id) continue
      if (holds.kind === 'output') await ports.runs.saveOutput(record.id, holds.place, blob)
      else await ports.runs.saveThumbnail(record.id, blob)
    }
    runs.addOlder([listedRun(record)])
  }

  const keepRuns = async (unpacked: UnpackedProject) => {
    try {
      for (const record of unpacked.project.runs) await keepRun(record, unpacked)
    } catch (cause) {
      messages.reportStorage(cause)
    }
  }

  /** The picture without its kept results. @throws AppError where there is none, or another one */
  const pictureOf = async (
    base: PictureRef,
    { pixels }: UnpackedProject,
    name: string,
  ): Promise<SourceImage> => {
    const stored = pixels.get(base.key)
    const blob = stored && (await ports.codec.hold(stored))
    if (!blob) throw new AppError('project/no-picture', { params: { name } })
    const picture = await opener.decodeStored(blob, base.key, base.name, base.link)
    const size = pictureSize(picture)
    if (size.width === base.width && size.height === base.height) return picture
    closeLevels(picture.levels)
    throw new AppError('project/no-picture', { params: { name } })
  }

  return {
    async save() {
      const { source } = session.store.getState()
      if (!source) return
      // First of all: the browser lets a page ask at a click only.
      const target = await ports.projects.choose(stem(baseOf(source).name) + PROJECT_EXTENSION)
      if (!target) return
      const { name } = target
      messages.notify('project-saving', { name })
      try {
        const captured = await (await documentProjects()).captureProject()
        if (!captured) return
        const { document, history } = captured
        const bases = new Set([document.base.key, ...basesOfHistory(history)])
        const project = { document, history, runs: await runsOf(bases) }
        const { files, missing } = await filesOf(captured, project)
        const left = await ports.projects.save(target, project, files)
        const count = left.steps + left.runs + missing
        messages.notify(count > 0 ? 'project-cut' : 'project-saved', { name, count })
      } catch (cause) {
        messages.report(new AppError('project/not-saved', { params: { name }, cause }))
      } finally {
        messages.dismissNotice('project-saving')
      }
    },
    async open(file) {
      let lost = 0
      let opened: UnpackedProject | null = null
      const isOpen = await opener.replace(file.name, async () => {
        const unpacked = await ports.projects.open(file)
        const { pixels, project } = unpacked
        const { document, damaged } = project
        const { setup } = document
        const start = project.history.base && asPicture(project.history.base)
        // Without the picture that the steps start from, what is shown is opened.
        const isWhole = start === undefined || pixels.has(start.key)
        const history = isWhole ? project.history : historyOf(document)
        const base = await pictureOf((isWhole && start) || document.base, unpacked, file.name)
        const prepared = await (
          await documentProjects()
        ).prepareProject({ base, document, history, pixels }, () => {
          if (!applySetup(rooms, setup, false)) messages.notify('model-gone', { model: setup.model })
        })
        return (
          prepared && {
            commit() {
              opened = unpacked
              lost = Math.max(unpacked.missing + damaged, isWhole ? 0 : 1)
              prepared.commit()
            },
            discard() {
              prepared.discard()
              closeLevels(base.levels)
            },
          }
        )
      })
      if (isOpen && lost > 0) messages.notify('project-partial', { name: file.name, count: lost })
      if (isOpen && opened) await keepRuns(opened)
      return isOpen
    },
  }
}
