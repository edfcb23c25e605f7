import type { PaintArea } from '../../core/document/document'
import type { Settings } from '../shell/settings'
import type { ToolState } from '../shell/toolSettings'
import { selectBackend } from '../model/formSelectors'

/** True where the chosen backend heeds a sampling area. */
export function selectTakesSampling({ settings }: { readonly settings: Settings }): boolean {
  return selectBackend(settings).capabilities.samplingArea
}

/** What the tools paint. */
export function selectPaintArea(state: {
  readonly settings: Settings
  readonly tools: Pick<ToolState, 'paints'>
}): PaintArea {
  return selectTakesSampling(state) ? state.tools.paints : 'mask'
}
