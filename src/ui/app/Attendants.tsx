import { Shortcuts } from '../commands/shortcuts'
import { FocusKeeper } from './FocusKeeper'
import { SkipLinks } from './SkipLinks'

/** What serves the keyboard: skip links, which come first on the page, shortcuts and the focus. */
export function Attendants() {
  return (
    <>
      <SkipLinks />
      <Shortcuts />
      <FocusKeeper />
    </>
  )
}
