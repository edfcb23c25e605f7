import type { StoreApi } from 'zustand/vanilla'
import type { AddStage, DeviceModel } from '../../backends/onnx/modelLibrary'
import { type AppErrorData, errorData, isAbort } from '../../core/errors'
import type { Ports } from '../ports'
import type { Messages } from '../shell/messages'
import type { Settings, SettingsRoom } from '../shell/settings'

export type { DeviceModel }

export interface DeviceModelState {
  /** null before they are looked for. */
  readonly models: readonly DeviceModel[] | null
  /** What is being added; null where nothing is. */
  readonly adding: {
    readonly name: string
    readonly stage: AddStage
    /** When the stage began, ms of `performance.now()`. */
    readonly since: number
  } | null
  /** Why the last one was not added; null where it was. */
  readonly error: AppErrorData | null
}

/** The models of the user's that run on this device. Settings name the one that runs. */
export interface DeviceModels {
  /** Looks which models are here; where the chosen one is gone, another takes its place. */
  look(): Promise<void>
  /** Adds a model and chooses it. @param source a file, or an address */
  add(source: File | string): Promise<void>
  /** Ends the adding. */
  cancel(): void
  choose(id: string): void
  remove(id: string): Promise<void>
}

/** Min gap between two reports of a download's progress, ms. */
const REPORT_MS = 200

export interface DeviceModelRooms {
  readonly ports: Pick<Ports, 'deviceModels'>
  readonly settings: SettingsRoom
  readonly messages: Messages
}

export function createDeviceModels(
  { ports, settings, messages }: DeviceModelRooms,
  store: StoreApi<DeviceModelState>,
): DeviceModels {
  const { deviceModels: library } = ports
  let adding: AbortController | null = null

  const choose = (id: string) => settings.set({ deviceModel: id })

  const look = async () => {
    try {
      const models = await library.list()
      store.setState({ models })
      const { deviceModel } = settings.store.getState()
      if (!models.some(({ id }) => id === deviceModel)) choose(models.at(-1)?.id ?? '')
    } catch (error) {
      messages.report(error)
    }
  }

  const setStage = (name: string, stage: AddStage) => {
    const before = store.getState().adding
    const now = performance.now()
    const isSame = before?.stage.kind === stage.kind
    store.setState({ adding: { name, stage, since: isSame ? before.since : now } })
  }

  return {
    look,
    choose,
    async add(source) {
      adding?.abort()
      const own = new AbortController()
      adding = own
      const name = typeof source === 'string' ? source : source.name
      let last = -Infinity
      store.setState({ error: null, adding: null })
      setStage(name, { kind: 'reading' })
      try {
        const model = await library.add(source, own.signal, (stage) => {
          const now = performance.now()
          if (adding !== own || (stage.kind === 'fetching' && now - last < REPORT_MS)) return
          last = now
          setStage(name, stage)
        })
        // One that was cancelled as it was there is listed, and no more.
        if (adding === own) choose(model.id)
        await look()
      } catch (error) {
        if (adding === own && !isAbort(error)) store.setState({ error: errorData(error) })
      } finally {
        if (adding === own) {
          adding = null
          store.setState({ adding: null })
        }
      }
    },
    cancel() {
      adding?.abort()
      adding = null
      store.setState({ adding: null })
    },
    async remove(id) {
      await library.remove(id).catch(messages.report)
      await look()
    },
  }
}

/** @returns the model that the settings name; null where it is not known to be here */
export function selectDeviceModel(
  { models }: DeviceModelState,
  { deviceModel }: Pick<Settings, 'deviceModel'>,
): DeviceModel | null {
  return models?.find(({ id }) => id === deviceModel) ?? null
}
