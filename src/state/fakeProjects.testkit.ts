import { decodeProject, encodeProject } from '../core/document/codec/projectCodec'
import { fitProject } from '../core/document/codec/projectFit'
import { AppError } from '../core/errors'
import type { PackedFile } from '../platform/projectApi'
import type { Ports } from './ports'

/** Project files in memory: the manifest as it is written, files as they are. A real zip takes time that fake timers do not pass. */
export class FakeProjects {
  private readonly contents = new WeakMap<Blob, { manifest: string; files: readonly PackedFile[] }>()
  readonly saved: File[] = []

  readonly port: Ports['projects'] = {
    choose: (name) => Promise.resolve({ name, handle: null }),
    save: ({ name }, project, files) => {
      const file = new File(['project'], name)
      const { fitting, left } = fitProject(project)
      this.contents.set(file, { manifest: encodeProject(fitting, []), files })
      this.saved.push(file)
      return Promise.resolve(left)
    },
    open: (file) => {
      const found = this.contents.get(file)
      if (!found) return Promise.reject(new AppError('project/unreadable', { params: { name: file.name } }))
      const { manifest, files } = found
      const pixels = new Map<string, Blob>()
      for (const { holds, blob } of files) if (holds.kind === 'pixels') pixels.set(holds.key, blob)
      const ofRuns = files.flatMap(({ holds, blob }) => (holds.kind === 'pixels' ? [] : [{ holds, blob }]))
      return Promise.resolve({ project: decodeProject(manifest), pixels, ofRuns, missing: 0 })
    },
  }

  /** The same project with its manifest or its files changed. */
  changed(
    file: File,
    change: (manifest: string) => string,
    keep: (file: PackedFile) => boolean = () => true,
  ): File {
    const { manifest, files } = this.contents.get(file)!
    const other = new File(['project'], file.name)
    this.contents.set(other, { manifest: change(manifest), files: files.filter(keep) })
    return other
  }
}
