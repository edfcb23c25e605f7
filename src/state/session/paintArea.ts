import type { Settings } from '../shell/settings'
import type { ToolState } from '../shell/toolSettings'
import { selectBackend } from '../model/formSelectors'

/** True where the chosen backend heeds a sampling area. */
export function selectTakesSampling({ settings }: { readonly settings: Settings }): boolean {
  return selectBackend(settings).capabilities.samplingArea
}

/** True where the chosen backend heeds guide lines. */
export function selectTakesGuides({ settings }: { readonly settings: Settings }): boolean {
  return selectBackend(settings).capabilities.guideLines
}

/** What is painted with the tools that have no area of their own. */
export function selectPaintArea(state: {
  readonly settings: Settings
  readonly tools: Pick<ToolState, 'paints'>
}): ToolState['paints'] {
  return selectTakesSampling(state) ? state.tools.paints : 'mask'
}
