import { expect, it } from 'vitest'
import type { AddStage, DeviceModel } from '../../backends/onnx/modelLibrary'
import { AppError } from '../../core/errors'
import { selectObstacles } from '../runs/obstacles'
import { FakeBrowser } from '../fakeBrowser.testkit'
import { selectBackendRef } from './backends'
import { inFakeTime, openPhoto, openTab, paint, pass } from '../tab.testkit'

inFakeTime()

/** A library whose next answer a test gives. */
function fakeLibrary() {
  const models: DeviceModel[] = []
  let answer: { resolve(model: DeviceModel): void; reject(error: unknown): void; say(stage: AddStage): void }
  return {
    models,
    answer: () => answer,
    ports: {
      list: () => Promise.resolve([...models]),
      add: (_source: File | string, signal: AbortSignal, say: (stage: AddStage) => void) =>
        new Promise<DeviceModel>((resolve, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
          answer = {
            resolve(model) {
              models.push(model)
              resolve(model)
            },
            reject,
            say,
          }
        }),
      remove(id: string) {
        models.splice(
          models.findIndex((model) => model.id === id),
          1,
        )
        return Promise.resolve()
      },
    },
  }
}

const modelOf = (id: string): DeviceModel => ({
  id,
  name: `${id}.onnx`,
  bytes: 1000,
  size: 512,
  provider: 'wasm',
  isKept: true,
})

async function tabWithLibrary() {
  const library = fakeLibrary()
  const tab = await openTab(new FakeBrowser(), {
    prepare: ({ ports }) => Object.assign(ports, { deviceModels: library.ports }),
  })
  const chosen = () => tab.app.settings.store.getState().deviceModel
  const state = () => tab.app.state.read().deviceModels
  return { tab, library, chosen, state, models: tab.app.deviceModels }
}

const file = { name: 'lama.onnx' } as File

it('a model that was added is the one that runs, and says meanwhile what it waits for', async () => {
  const { library, chosen, models, state } = await tabWithLibrary()
  const adding = models.add(file)
  await pass(500)
  library.answer().say({ kind: 'checking' })
  await pass(3000)
  expect(state().adding).toMatchObject({ name: 'lama.onnx', stage: { kind: 'checking' } })
  expect(performance.now() - state().adding!.since).toBe(3000)
  library.answer().resolve(modelOf('a'))
  await adding
  expect(state()).toEqual({ models: [modelOf('a')], adding: null, error: null })
  expect(chosen()).toBe('a')
})

it('one that cannot be added is told, and changes nothing; a cancel is no error', async () => {
  const { library, chosen, models, state } = await tabWithLibrary()
  library.models.push(modelOf('a'))
  await models.look()
  const adding = models.add(file)
  await pass(0)
  library.answer().reject(new AppError('onnx/cut-off', { params: { name: 'lama.onnx' } }))
  await adding
  expect(state()).toMatchObject({ adding: null, error: { code: 'onnx/cut-off' } })
  expect(chosen()).toBe('a')
  const again = models.add(file)
  await pass(0)
  expect(state().error).toBeNull()
  await models.cancel()
  await again
  expect(state()).toMatchObject({ adding: null, error: null, models: [modelOf('a')] })
})

it('one that is cancelled as the library has it already is listed, and not chosen', async () => {
  const { library, chosen, models, state } = await tabWithLibrary()
  library.models.push(modelOf('a'))
  await models.look()
  let finish = () => {}
  const kept = new Promise<DeviceModel>((resolve) => {
    finish = () => resolve(modelOf('b'))
  })
  Object.assign(library.ports, { add: () => kept })
  const adding = models.add(file)
  await pass(0)
  await models.cancel()
  library.models.push(modelOf('b'))
  finish()
  await adding
  expect(state().models).toEqual([modelOf('a'), modelOf('b')])
  expect(chosen()).toBe('a')
})

it('where the chosen one is removed, another takes its place; without one a run is told to open a file', async () => {
  const { tab, library, chosen, models } = await tabWithLibrary()
  library.models.push(modelOf('a'), modelOf('b'))
  await models.look()
  expect(chosen()).toBe('b')
  await models.choose('a')
  await models.remove('a')
  expect(chosen()).toBe('b')
  tab.app.settings.set({ backendId: 'onnx' })
  await openPhoto(tab)
  paint(tab)
  const obstacles = () => {
    const { settings, models: known, forms, session } = tab.app.state.read()
    return selectObstacles({
      settings,
      models: known,
      forms,
      session,
      sending: { part: null },
      pageUrl: tab.app.pageUrl,
    })
  }
  expect(obstacles()).toEqual([])
  await models.remove('b')
  expect(chosen()).toBe('')
  expect(obstacles()).toEqual([{ code: 'no-model-file' }])
})

it('a run names its model', async () => {
  const { tab } = await tabWithLibrary()
  tab.app.settings.set({ backendId: 'onnx', deviceModel: 'a' })
  expect(selectBackendRef(tab.app.forms.context(), tab.app.pageUrl)).toEqual({
    id: 'onnx',
    url: null,
    version: 'a',
  })
})
