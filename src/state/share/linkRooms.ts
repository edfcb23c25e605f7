import type { ChooseModel } from '../model/chooseModel'
import type { Ports } from '../ports'
import type { Opener } from '../session/opener'
import type { Session } from '../session/session'
import type { SetupRooms } from '../session/setup'
import type { Messages } from '../shell/messages'

/** What taking a link over needs. */
export interface LinkRooms extends SetupRooms {
  readonly ports: Ports
  readonly messages: Messages
  readonly session: Session
  readonly opener: Opener
  readonly chooseModel: ChooseModel
}
