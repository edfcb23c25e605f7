import { type MouseEvent, type RefObject, useCallback } from 'react'
import type { ImagePoint } from '../../core/geometry'
import { screenToImage, snapToPixels, type View } from '../../core/viewport'
import type { MaskEditor } from '../../editor/maskEditor'
import type { EditStep } from '../../editor/undoStep'
import { selectHasPatches } from '../../state/session/sessionSelectors'
import { useApp } from '../hooks/useApp'
import { useLayout } from '../hooks/useMedia'

/** Two presses of a double click leave dabs no farther from it than this, image px. */
const DAB_PX = 24

/**
 * What a double click on the canvas does: it chooses the kept result under it, and takes back the dabs that its presses
 * have painted. On a small screen the list opens.
 * @param currentView the view at the time of the event
 */
export function useChoosePatch(
  ref: RefObject<HTMLElement | null>,
  editor: MaskEditor,
  currentView: () => View | null,
): (event: MouseEvent) => void {
  const app = useApp()
  const isWide = useLayout() === 'desktop'
  return useCallback(
    (event) => {
      const view = currentView()
      const box = ref.current?.getBoundingClientRect()
      const state = app.state.read()
      if (!view || !box || !selectHasPatches(state) || state.patches.reveal || editor.isDrawing) return
      const screen = { x: event.clientX - box.left, y: event.clientY - box.top }
      const point = screenToImage(snapToPixels(view), screen)
      const { edits } = editor
      const choose = async () => {
        if (!(await app.patches.selectAt(point)) || editor.edits !== edits) return
        if (!isWide && app.state.read().dialogs.sheet !== 'patches') app.dialogs.toggleSheet('patches')
        for (let count = 0; count < 2 && isDab(editor.steps.at(-1), point); count++) app.session.undo()
      }
      void choose()
    },
    [app, ref, editor, currentView, isWide],
  )
}

function isDab(step: EditStep | undefined, { x, y }: ImagePoint): boolean {
  if (step?.command?.kind !== 'stroke' || step.command.points.length > 1) return false
  const [at] = step.command.points
  return at !== undefined && Math.abs(at.x - x) <= DAB_PX && Math.abs(at.y - y) <= DAB_PX
}
