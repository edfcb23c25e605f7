import type { QueryClient } from '@tanstack/react-query'
import type { Forms } from '../model/forms'
import type { Models } from '../model/models'
import type { Ports } from '../ports'
import type { PatchesRoom } from '../session/patchesRoom'
import type { Session } from '../session/session'
import type { Messages } from '../shell/messages'
import type { ViewRoom } from '../shell/view'
import type { Outputs } from './outputs'
import type { OutputStore } from './outputStore'
import type { InputPreparer } from './prepareInput'
import type { Runs } from './runs'

/** What following a run takes. */
export interface FollowerRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly models: Models
  readonly forms: Forms
  readonly session: Session
  readonly view: ViewRoom
  readonly runs: Runs
  readonly outputs: Outputs
  readonly stored: OutputStore
  readonly inputs: InputPreparer
  readonly queries: QueryClient
  readonly patches: PatchesRoom
}
