import { Paintbrush, Stamp } from 'lucide-react'
import { selectPaintArea, selectTakesSampling } from '../../state/session/paintArea'
import { SAMPLING_COLOR } from '../canvas/samplingColor'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { RadioBar } from '../kit/RadioBar'

/** Whether the tools paint the mask or the sampling area; nothing where the backend heeds no sampling area. */
export function PaintAreaOptions() {
  const app = useApp()
  const t = useT()
  const isOffered = useAppState(selectTakesSampling)
  const area = useAppState(selectPaintArea)
  const maskColor = useAppState(({ tools }) => tools.overlay.color)
  if (!isOffered) return null
  return (
    <RadioBar
      label={t('paint.label')}
      value={area}
      options={[
        { value: 'mask', text: t('paint.mask'), icon: Paintbrush, color: maskColor },
        { value: 'sampling', text: t('paint.sampling'), icon: Stamp, color: SAMPLING_COLOR },
      ]}
      onChange={app.tools.setPaints}
    />
  )
}
