import { proxy } from 'comlink'
// The bundler makes this default export: the worker's address.
// oxlint-disable-next-line import/default
import archiveWorkerUrl from './archive.worker.ts?worker&url'
import type { ArchiveApi } from './archiveApi'
import { startModuleWorker } from './trustedTypes'
import { WorkerClient } from './workerClient'

const client = new WorkerClient<ArchiveApi>({ start: () => startModuleWorker(archiveWorkerUrl) })

/** The archive, in its worker. */
export const scan: ArchiveApi['scan'] = (onSlice) => client.call((api) => api.scan(proxy(onSlice)))
export const read: ArchiveApi['read'] = (ids) => client.call((api) => api.read(ids))
export const measure: ArchiveApi['measure'] = () => client.call((api) => api.measure())
export const star: ArchiveApi['star'] = (ids, starred) => client.call((api) => api.star(ids, starred))
export const moveToTrash: ArchiveApi['moveToTrash'] = (ids) => client.call((api) => api.moveToTrash(ids))
export const takeFromTrash: ArchiveApi['takeFromTrash'] = (ids) =>
  client.call((api) => api.takeFromTrash(ids))
export const purge: ArchiveApi['purge'] = (ids) => client.call((api) => api.purge(ids))
export const sweep: ArchiveApi['sweep'] = () => client.call((api) => api.sweep())
