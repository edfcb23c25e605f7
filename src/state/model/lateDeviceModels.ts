import { createStore } from 'zustand/vanilla'
import { createLazyRoom } from '../shell/lazyRoom'
import type { createDeviceModels, DeviceModelRooms, DeviceModelState } from './deviceModels'

/** The models on this device, whose part of the app is fetched when they are first asked for. */
export function createLateDeviceModels(
  load: () => Promise<typeof createDeviceModels>,
  rooms: DeviceModelRooms,
) {
  const store = createStore<DeviceModelState>()(() => ({ models: null, adding: null, error: null }))
  const late = createLazyRoom(async () => (await load())(rooms, store), rooms.messages.report)
  return {
    store,
    look: late.action(({ look }) => look),
    add: late.action(({ add }) => add),
    cancel: late.action(({ cancel }) => cancel),
    choose: late.action(({ choose }) => choose),
    remove: late.action(({ remove }) => remove),
  }
}
