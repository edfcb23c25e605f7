import type { PaintArea } from '../../core/document/document'
import type { FrameEdit, TurnEdit } from '../../core/document/edits'
import { createMask, type Mask } from '../../core/mask/mask'
import { FULL_TILE } from '../../core/mask/tiles'
import { type Areas, commandsOfSteps } from '../../editor/editHistory'
import type { MaskEditor } from '../../editor/maskEditor'
import type { Ports } from '../ports'

/**
 * What is painted over another frame, or over the turned picture, replayed in a worker: hundreds of strokes take longer than
 * the page may stand still.
 */
export async function areasAfter(
  { masks }: Pick<Ports, 'masks'>,
  editor: MaskEditor,
  edit: FrameEdit | TurnEdit,
): Promise<Areas> {
  const { frame } = edit
  const steps = [...editor.steps, { command: null, area: 'mask', edit } as const]
  const made = async (area: PaintArea): Promise<Mask> => {
    const commands = commandsOfSteps(steps, area)
    const mask = createMask(frame)
    const replayed = commands.length > 0 ? await masks.replay(frame, commands) : null
    for (const { index, tile } of replayed?.changes ?? [])
      mask.tiles[index] = tile === 'full' ? FULL_TILE : tile
    return mask
  }
  const [mask, sampling, guides] = await Promise.all([made('mask'), made('sampling'), made('guides')])
  return { mask, sampling, guides }
}
