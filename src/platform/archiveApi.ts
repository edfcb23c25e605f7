import type { RunOutline } from '../core/document/codec/runOutline'
import type { PixelKey } from '../core/document/document'

export interface ArchivedRun extends RunOutline {
  readonly starred: boolean
}

/** What a scan has read so far and not told yet. */
export interface ArchiveSlice {
  /** Newest first. */
  readonly runs: readonly ArchivedRun[]
  /** Records that cannot be read: they stay where they are. */
  readonly damaged: number
}

/** What is stored besides records, bytes. */
export interface StoredSizes {
  /** All outputs of a run, by run. */
  readonly outputs: ReadonlyMap<string, number>
  /** By the file's key. */
  readonly files: ReadonlyMap<PixelKey, number>
  /** Files that something other than a run names: they stay, whatever runs go. */
  readonly held: ReadonlySet<PixelKey>
}

/** What goes through all stored runs: in a worker, as it reads masks and pictures too. */
export interface ArchiveApi {
  /** Reads every run, newest first, a slice at a time. */
  scan(onSlice: (slice: ArchiveSlice) => void): Promise<void>
  /** @returns the runs of these ids that are there and can be read */
  read(ids: readonly string[]): Promise<ArchivedRun[]>
  measure(): Promise<StoredSizes>
  star(ids: readonly string[], starred: boolean): Promise<void>
  /** Deletes runs, so that they can be brought back until they are purged. */
  moveToTrash(ids: readonly string[]): Promise<void>
  takeFromTrash(ids: readonly string[]): Promise<void>
  /** Ends what was moved to the trash, for good. */
  purge(ids: readonly string[]): Promise<void>
  /** Ends what earlier visits left: old trash, files that nothing names, outputs and thumbnails whose run is gone. */
  sweep(): Promise<void>
}
