import {
  keysOfProject,
  MAX_PROJECT_PARTS,
  MAX_PROJECT_RUNS,
  type Project,
} from '../../core/document/codec/projectCodec'
import { PROJECT_EXTENSION } from '../../core/document/codec/projectFile'
import { keysOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import type { PictureDocument, PixelKey } from '../../core/document/document'
import { AppError } from '../../core/errors'
import type { PackedFile, UnpackedProject } from '../../platform/projectApi'
import { listedRun } from '../runs/liveRun'
import type { Runs } from '../runs/runs'
import { stem } from '../session/pictureName'
import type { PatchesRoom } from '../session/patchesRoom'
import { applySetup, captureDocument } from '../session/setup'
import { baseOf, closeLevels, pictureSize, type SourceImage } from '../session/source'
import type { LazyRoom } from '../shell/lazyRoom'
import type { LinkRooms } from './linkRooms'

export interface Projects {
  /** Saves what is open as a project file: picture, kept results, mask, settings, runs. Never a key. */
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
}

export function createProjects(rooms: ProjectRooms): Projects {
  const { ports, messages, session, opener, forms, runs, patches } = rooms

  const runsOf = async (baseKey: PixelKey): Promise<RunRecord[]> => {
    const here = runs.store.getState().runs.map(({ record }) => record)
    const known = new Set(here.map(({ id }) => id))
    // A storage that is blocked has none.
    const stored = await ports.runs.newestRuns(MAX_PROJECT_RUNS).catch(() => [])
    return [...here, ...stored.filter(({ id }) => !known.has(id))]
      .filter(({ document }) => document.base.key === baseKey)
      .slice(0, MAX_PROJECT_RUNS)
  }

  const pixelsOf = async (source: SourceImage, key: PixelKey): Promise<Blob | null> => {
    const base = baseOf(source)
    if (key === base.key) return base.file ?? ports.codec.encodePng(base.pixels)
    const { pixels } = await patches.load()
    return pixels.filesOf([key]).get(key) ?? ports.runs.loadSource(key)
  }

  const filesOf = async (source: SourceImage, project: Project): Promise<PackedFile[]> => {
    const files: PackedFile[] = []
    const add = async (holds: PackedFile['holds'], load: Promise<Blob | null>) => {
      const blob = await load.catch(() => null)
      if (blob && files.length < MAX_PROJECT_PARTS) files.push({ holds, blob })
    }
    for (const key of keysOfProject(project)) await add({ kind: 'pixels', key }, pixelsOf(source, key))
    for (const { id, outputCount } of project.runs) {
      for (let place = 0; place < outputCount; place++)
        await add({ kind: 'output', runId: id, place }, ports.runs.loadOutput(id, place))
      await add({ kind: 'thumbnail', runId: id }, ports.runs.loadThumbnail(id))
    }
    return files
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

  /** The picture with its kept results. @throws AppError where there is none, or another one */
  const pictureOf = async (
    { base, patches: kept }: PictureDocument,
    { pixels }: UnpackedProject,
    name: string,
  ) => {
    const blob = pixels.get(base.key)
    if (!blob) throw new AppError('project/no-picture', { params: { name } })
    const picture = await opener.decodeStored(blob, base.key, base.name, base.link)
    const size = pictureSize(picture)
    if (size.width !== base.width || size.height !== base.height) {
      closeLevels(picture.levels)
      throw new AppError('project/no-picture', { params: { name } })
    }
    if (kept.length === 0) return { source: picture, discard: () => closeLevels(picture.levels) }
    const { reopen, composer } = await patches.load()
    const { source } = await reopen(picture, { patches: kept, steps: [], files: pixels })
    return {
      source,
      discard() {
        composer.discard(source, picture)
        closeLevels(picture.levels)
      },
    }
  }

  return {
    async save() {
      const { source } = session.store.getState()
      const document = captureDocument(session.store.getState(), forms.context())
      if (!source || !document) return
      // First of all: the browser lets a page ask at a click only.
      const target = await ports.projects.choose(stem(baseOf(source).name) + PROJECT_EXTENSION)
      if (!target) return
      const { name } = target
      messages.notify('project-saving', { name })
      try {
        const project = { document, runs: await runsOf(document.base.key) }
        await ports.projects.save(target, project, await filesOf(source, project))
        messages.notify('project-saved', { name })
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
        const { document, damagedRuns } = unpacked.project
        const { source, discard } = await pictureOf(document, unpacked, file.name)
        return {
          commit() {
            opened = unpacked
            lost = unpacked.missing + damagedRuns
            const { frame, mask: commands, sampling, guides, sent, regions, setup } = document
            opener.show({ source, frame, commands, sampling, guides, sent, regions }, false, () => {
              if (!applySetup(rooms, setup, false)) messages.notify('model-gone', { model: setup.model })
            })
          },
          discard,
        }
      })
      if (isOpen && lost > 0) messages.notify('project-partial', { name: file.name, count: lost })
      if (isOpen && opened) await keepRuns(opened)
      return isOpen
    },
  }
}
