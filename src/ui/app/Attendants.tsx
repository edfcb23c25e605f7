import { Shortcuts } from '../commands/shortcuts'
import { FocusKeeper } from './FocusKeeper'

/** What works on the page without being seen: the keys and the focus. */
export function Attendants() {
  return (
    <>
      <Shortcuts />
      <FocusKeeper />
    </>
  )
}
