import { QueryClient } from '@tanstack/react-query'
import type { Opener } from '../session/opener'
import type { PatchesRoom } from '../session/patchesRoom'
import type { SetupRooms } from '../session/setup'
import type { SourceImage } from '../session/source'
import type { Dialogs } from '../shell/dialogs'
import type { ViewportRoom } from '../shell/viewport'
import { createApplyOutput } from './apply'
import { createPaintFromOutput } from './paintFrom'
import { followCompare } from './compareViewport'
import type { Exchanges } from './exchanges'
import { createDeviceFill } from './deviceFill'
import { createFollower } from './follower'
import type { FollowerRooms } from './followerRooms'
import { createHistory } from './history'
import { createOutputs } from './outputs'
import { createOutputStore } from './outputStore'
import { createPictures } from './pictures'
import { createInputPreparer } from './prepareInput'
import { createRegionRuns } from './regionRuns'
import { createRegions } from './regions'
import { createRunner } from './runner'
import type { LateMaskCheck } from '../session/maskCheck'
import type { Removals } from './removals'
import { createRemover } from './remover'
import type { RunStores } from './runStores'
import { createSending } from './sending'
import { createSweep } from './sweep'

export interface RunsRooms
  extends Omit<FollowerRooms, 'outputs' | 'stored' | 'inputs' | 'queries'>, SetupRooms {
  readonly dialogs: Dialogs
  readonly viewport: ViewportRoom
  readonly opener: Opener
  readonly check: LateMaskCheck
  readonly exchanges: Exchanges
  readonly removals: Removals
  readonly patches: PatchesRoom
  readonly derived: WeakSet<SourceImage>
  readonly stores: RunStores
}

/** Everything that starts, follows and shows runs: fetched behind the start page. */
export function createRunsRoom(rooms: RunsRooms) {
  const { ports, messages, runs, check, patches } = rooms
  const queries = new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always', structuralSharing: false, gcTime: 0 },
      mutations: { retry: false, networkMode: 'always', gcTime: 0 },
    },
  })
  const inputs = createInputPreparer(ports.page, ports.codec.scale, createDeviceFill(ports))
  const outputs = createOutputs({ ports, messages, runs, check, queries, patches })
  const stored = createOutputStore({ ports, messages, runs, patches })
  const following = { ...rooms, outputs, stored, inputs, queries }
  const follower = createFollower(following)
  const sending = createSending({ ...rooms, inputs }, rooms.stores.sending)
  const runner = createRunner({ ...following, follower, sending })
  const history = createHistory({ ...following, runner })
  const pictures = createPictures(ports)
  followCompare(rooms)
  return {
    queries,
    runner,
    history,
    pictures,
    sending,
    regions: createRegions(rooms),
    regionRuns: createRegionRuns({ ...following, runner, sending }, rooms.stores.regionRuns),
    sweep: createSweep({ ...following, runner }, rooms.stores.sweep),
    applyOutput: createApplyOutput(rooms),
    paintFromOutput: createPaintFromOutput(rooms),
    remover: createRemover(rooms),
  }
}

export type RunsRoom = ReturnType<typeof createRunsRoom>
