import { lastMaskOf } from '../../core/mask/command/lastMask'
import { derived } from '../shell/derived'
import type { SessionState } from './session'

interface MaskState {
  readonly session: Pick<SessionState, 'editor' | 'revision'>
}

/** The mask changes in place; the revision changes with it. */
const inputs = ({ session }: MaskState) => [session.editor, session.revision] as const

/** True where nothing is masked, or no picture is open. */
export const selectIsMaskEmpty = derived(inputs, (editor, _revision) => !editor || editor.isEmpty)

/** True where nothing is masked, and a mask that was cleared can come back. */
export const selectCanRestoreMask = derived(
  inputs,
  (editor, _revision) => editor !== null && editor.isEmpty && lastMaskOf(editor.commands) !== null,
)

/** True where nothing is masked and nothing is being drawn; false where no picture is open. */
export const selectLacksMask = derived(
  inputs,
  (editor, _revision) => editor !== null && !editor.isDrawing && editor.isEmpty,
)
