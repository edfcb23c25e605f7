import { expose } from 'comlink'
import type { LeftOut } from '../core/document/codec/projectFit'
import { PROJECT_TYPE } from '../core/document/codec/projectFile'
import type { ProjectApi } from './projectApi'
import { BlobSink, packProject } from './projectPack'
import { unpackProject } from './projectUnpack'
import { shareErrors } from './workerErrors'

const api: ProjectApi = {
  async pack(project, files, target) {
    if (!target) {
      const sink = new BlobSink()
      const left = await packProject(project, files, sink)
      return { blob: sink.finish(PROJECT_TYPE), left }
    }
    const writable = await target.createWritable()
    let left: LeftOut
    try {
      left = await packProject(project, files, writable)
    } catch (error) {
      // What was there before stays.
      await writable.abort()
      throw error
    }
    await writable.close()
    return { blob: null, left }
  },

  unpack: unpackProject,
}

shareErrors()
expose(api)
