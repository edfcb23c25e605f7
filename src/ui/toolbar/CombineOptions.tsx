import { SquareMinus, SquarePlus, SquaresIntersect } from 'lucide-react'
import { COMBINATIONS } from '../../state/shell/toolSettings'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { RadioBar } from '../kit/RadioBar'

const ICONS = { add: SquarePlus, subtract: SquareMinus, intersect: SquaresIntersect }

/** What the next selection does to the mask. */
export function CombineOptions() {
  const app = useApp()
  const t = useT()
  const combine = useAppState(({ tools }) => tools.combine)
  return (
    <RadioBar
      label={t('combine.label')}
      value={combine}
      options={COMBINATIONS.map((value) => ({
        value,
        text: t(`combine.${value}`),
        icon: ICONS[value],
      }))}
      onChange={app.tools.setCombine}
    />
  )
}
