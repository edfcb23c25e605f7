import type { Project } from '../core/document/codec/projectCodec'
import type { LeftOut } from '../core/document/codec/projectFit'
import { PROJECT_EXTENSION, PROJECT_TYPE } from '../core/document/codec/projectFile'
import { AppError, errorData } from '../core/errors'
import { saveFile } from './download'
import type { PackedFile, ProjectApi, UnpackedProject } from './projectApi'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import projectWorkerUrl from './project.worker.ts?worker&url'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const client = new WorkerClient<ProjectApi>({ start: () => startModuleWorker(projectWorkerUrl) })

/** A place that the user chose; without a handle the browser downloads it. */
export interface ProjectTarget {
  readonly name: string
  readonly handle: FileSystemFileHandle | null
}

interface SavePicker {
  showSaveFilePicker?: (options: {
    suggestedName: string
    types: { description: string; accept: Record<string, string[]> }[]
  }) => Promise<FileSystemFileHandle>
}

/**
 * Asks where to save, where the browser can: a file of any size is written there piece by piece. Call it at a click.
 * @returns null where the user thought better of it
 */
export async function chooseProjectTarget(name: string): Promise<ProjectTarget | null> {
  const { showSaveFilePicker } = globalThis as SavePicker
  if (!showSaveFilePicker) return { name, handle: null }
  const types = [{ description: 'Pentimento', accept: { [PROJECT_TYPE]: [PROJECT_EXTENSION] } }]
  try {
    const handle = await showSaveFilePicker({ suggestedName: name, types })
    return { name: handle.name, handle }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null
    // Refused, as in a frame: a download works everywhere.
    return { name, handle: null }
  }
}

/** @returns what the file could not hold @throws AppError, or DOMException where the place cannot be written to */
export async function saveProject(
  { name, handle }: ProjectTarget,
  project: Project,
  files: readonly PackedFile[],
): Promise<LeftOut> {
  const { blob, left } = await client.call((api) => api.pack(project, files, handle))
  if (blob) saveFile(blob, name)
  return left
}

/** @throws AppError `project/...` with the file's name */
export async function openProject(file: File): Promise<UnpackedProject> {
  try {
    return await client.call((api) => api.unpack(file))
  } catch (error) {
    const { code, params, detail } = errorData(error)
    throw new AppError(code, { params: { ...params, name: file.name }, detail, cause: error })
  }
}
