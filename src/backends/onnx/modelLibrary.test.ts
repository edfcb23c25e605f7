import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { inlineModelWorker } from './inlineModels.testkit'
import { ModelHost } from './modelHost'
import { addModel, findModel, listModels, removeModel } from './modelLibrary'
import { lama, noPicture } from './onnxGraph.testkit'

const never = new AbortController().signal
const host = new ModelHost(() => inlineModelWorker())
const MODEL = lama({ side: 64 })

afterEach(async () => {
  for (const { id } of await listModels()) await removeModel(id)
})

async function added(source: File | string, signal = never) {
  const stages: string[] = []
  const model = await addModel(source, signal, ({ kind }) => stages.push(kind), host)
  return { model, stages: [...new Set(stages)] }
}

describe('a model from a file', () => {
  const file = new File([MODEL], 'mine.onnx')

  it('is read, tried and kept; without a place for files until the page is closed', async () => {
    const { model, stages } = await added(file)
    expect(stages).toEqual(['reading', 'checking', 'keeping'])
    const { id } = model
    expect(id).toMatch(/^[\da-f]{64}$/)
    const described = { id, name: 'mine.onnx', bytes: MODEL.size, size: 64, provider: 'wasm', isKept: false }
    expect(model).toEqual(described)
    expect(await listModels()).toEqual([described])
    const found = await findModel(id)
    expect(found).toMatchObject({ name: 'mine.onnx', convention: { hole: 1, output: 'byte' } })
    expect(await found.file.text()).toBe(await MODEL.text())
    await removeModel(id)
    expect(await listModels()).toEqual([])
    await expect(findModel(id)).rejects.toMatchObject({ data: { code: 'onnx/missing' } })
  })

  it('is kept once, whatever its name', async () => {
    const first = await added(file)
    const again = await added(new File([MODEL], 'copy.onnx'))
    expect(again.model).toEqual(first.model)
    expect(again.stages).toEqual(['reading'])
    expect(await listModels()).toHaveLength(1)
  })

  it('that cannot be used is not kept, and is named', async () => {
    await expect(added(new File([noPicture()], 'words.onnx'))).rejects.toMatchObject({
      data: { code: 'onnx/no-picture', params: { name: 'words.onnx' } },
    })
    const fancy = new File([lama({ operator: 'FancyFourier' })], 'fancy.onnx')
    await expect(added(fancy)).rejects.toMatchObject({
      data: { code: 'onnx/operator', params: { name: 'fancy.onnx', operator: 'FancyFourier' } },
    })
    expect(await listModels()).toEqual([])
  })

  it('is not kept after a cancel', async () => {
    const abort = new AbortController()
    const adding = addModel(file, abort.signal, ({ kind }) => kind === 'checking' && abort.abort(), host)
    await expect(adding).rejects.toHaveProperty('name', 'AbortError')
    expect(await listModels()).toEqual([])
  })
})

describe('a model from an address', () => {
  const server = createServer((request, response) => {
    if (request.url === '/models/net%20work.onnx?download=1') {
      void MODEL.arrayBuffer().then((bytes) => response.end(Buffer.from(bytes)))
    } else if (request.url === '/large') {
      response.writeHead(200, { 'content-length': String(2 ** 31) }).write('x')
    } else if (request.url === '/dropped') {
      response.writeHead(200, { 'content-length': '5000' }).write('x', () => response.destroy())
    } else response.writeHead(404).end('no such file')
  })
  let base = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('is downloaded, and named by its address', async () => {
    const { model, stages } = await added(`${base}/models/net%20work.onnx?download=1`)
    expect(stages).toEqual(['fetching', 'reading', 'checking', 'keeping'])
    expect(model).toMatchObject({ name: 'net work.onnx', bytes: MODEL.size })
  })

  it.each([
    ['/nothing', 'onnx/url-status'],
    ['/large', 'onnx/too-large'],
    ['/dropped', 'onnx/url-failed'],
  ])('%s is %s', async (path, code) => {
    await expect(added(base + path)).rejects.toMatchObject({ data: { code } })
  })

  it.each(['model.onnx', 'http://models.example/a.onnx', 'file:///a.onnx', 'javascript:1', ''])(
    '“%s” is not asked for',
    async (address) => {
      await expect(added(address)).rejects.toMatchObject({ data: { code: 'onnx/url-invalid' } })
    },
  )
})
