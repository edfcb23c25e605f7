import type { Project, ProjectPart, ReadProject } from '../core/document/codec/projectCodec'
import type { LeftOut } from '../core/document/codec/projectFit'

/** A file that goes into a project. */
export interface PackedFile {
  readonly holds: ProjectPart['holds']
  readonly blob: Blob
}

/** An output or a thumbnail. */
export interface OfRun {
  readonly holds: Exclude<ProjectPart['holds'], { kind: 'pixels' }>
  readonly blob: Blob
}

/** A project as it was read; its pixels have new keys, of their own contents. */
export interface UnpackedProject {
  readonly project: Omit<ReadProject, 'parts'>
  /** By key. */
  readonly pixels: ReadonlyMap<string, Blob>
  readonly ofRuns: readonly OfRun[]
  /** Files that are not there, or not whole. */
  readonly missing: number
}

/** Called across the worker's border by comlink. */
export interface ProjectApi {
  /**
   * @param target written to as it is packed; null makes a blob
   * @returns the blob, null where it went to `target`; and what it could not hold
   */
  pack(
    project: Project,
    files: readonly PackedFile[],
    target: FileSystemFileHandle | null,
  ): Promise<{ readonly blob: Blob | null; readonly left: LeftOut }>
  /** @throws AppError `project/...` */
  unpack(file: Blob): Promise<UnpackedProject>
}
