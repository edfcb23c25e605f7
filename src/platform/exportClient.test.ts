import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRgba } from '../core/image/raster'
import type { ExportJob } from './exportApi'
import { encodeExport, exportFormats, readFileFacts } from './exportClient'

/** Answers nothing, and knows whether it was ended. */
class SilentWorker extends EventTarget {
  static readonly all: SilentWorker[] = []
  terminated = false

  constructor() {
    super()
    SilentWorker.all.push(this)
  }

  postMessage(): void {}

  terminate(): void {
    this.terminated = true
  }
}

beforeEach(() => {
  vi.stubGlobal('Worker', SilentWorker)
  vi.stubGlobal('location', new URL('http://127.0.0.1/'))
})
afterEach(() => vi.unstubAllGlobals())

it('an export that is stopped ends its worker, and leaves what is asked meanwhile alone', async () => {
  const failures: unknown[] = []
  for (const asked of [exportFormats(), readFileFacts(new Blob())]) {
    asked.catch((error: unknown) => failures.push(error))
  }
  const stop = new AbortController()
  const content = { kind: 'whole', image: createRgba(2, 2) } as const
  const job: ExportJob = {
    content,
    size: content.image,
    format: 'png',
    quality: 1,
    about: null,
    camera: null,
  }
  const encoding = encodeExport(job, stop.signal)
  stop.abort()
  await expect(encoding).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  expect(failures).toEqual([])
  expect(SilentWorker.all.map(({ terminated }) => terminated)).toEqual([false, true])
})
