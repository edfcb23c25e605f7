import { expose } from 'comlink'
import { PROJECT_TYPE } from '../core/document/codec/projectFile'
import type { ProjectApi } from './projectApi'
import { BlobSink, packProject } from './projectPack'
import { unpackProject } from './projectUnpack'
import { shareErrors } from './workerErrors'

const api: ProjectApi = {
  async pack(project, files, target) {
    if (!target) {
      const sink = new BlobSink()
      await packProject(project, files, sink)
      return sink.finish(PROJECT_TYPE)
    }
    const writable = await target.createWritable()
    try {
      await packProject(project, files, writable)
    } catch (error) {
      // What was there before stays.
      await writable.abort()
      throw error
    }
    await writable.close()
    return null
  },

  unpack: unpackProject,
}

shareErrors()
expose(api)
