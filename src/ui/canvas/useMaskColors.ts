import { useMemo } from 'react'
import { grayColors, overlayColors } from '../../core/mask/display/overlayColors'
import { isMaskEmpty } from '../../core/mask/mask'
import type { MaskEditor } from '../../editor/maskEditor'
import { selectPaintArea, selectTakesSampling } from '../../state/session/paintArea'
import { useAppState } from '../hooks/useApp'
import { SAMPLING_COLOR } from './samplingColor'

/**
 * The colours of the mask and of the sampling area over the picture, as the user has set them.
 * @param masked false where the model takes no mask
 * @returns each null where it is not drawn
 */
export function useMaskColors(editor: MaskEditor, masked: boolean) {
  const overlay = useAppState(({ tools }) => tools.overlay)
  const colors = useMemo(() => {
    if (overlay.view === 'hidden' || !masked) return null
    return overlay.view === 'maskOnly' ? grayColors() : overlayColors(overlay.color, overlay.opacity)
  }, [overlay, masked])
  const isSampling = useAppState(
    (state) =>
      selectTakesSampling(state) && (selectPaintArea(state) === 'sampling' || !isMaskEmpty(editor.sampling)),
  )
  const sampled = useMemo(
    () =>
      isSampling && masked && overlay.view !== 'hidden'
        ? overlayColors(SAMPLING_COLOR, overlay.opacity)
        : null,
    [isSampling, masked, overlay],
  )
  return { colors, sampled }
}
