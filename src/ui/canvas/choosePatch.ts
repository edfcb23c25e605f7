import type { ImagePoint } from '../../core/geometry'
import type { MaskEditor } from '../../editor/maskEditor'
import type { App } from '../../state/app'
import type { EditStep } from '../../editor/undoStep'
import { selectHasPatches } from '../../state/session/session'

/** Two presses of a double click leave dabs no farther from it than this, image px. */
const DAB_PX = 24

/** A double click chooses the kept result under it; the dabs that its presses have painted are taken back. */
export async function choosePatch(app: App, editor: MaskEditor, point: ImagePoint): Promise<void> {
  if (!selectHasPatches(app.state.read()) || editor.isDrawing) return
  const { edits } = editor
  if (!(await app.patches.selectAt(point)) || editor.edits !== edits) return
  for (let count = 0; count < 2 && isDab(editor.steps.at(-1), point); count++) app.session.undo()
}

function isDab(step: EditStep | undefined, { x, y }: ImagePoint): boolean {
  if (step?.command?.kind !== 'stroke' || step.command.points.length > 1) return false
  const [at] = step.command.points
  return at !== undefined && Math.abs(at.x - x) <= DAB_PX && Math.abs(at.y - y) <= DAB_PX
}
