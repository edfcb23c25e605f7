import { SlidersVertical } from 'lucide-react'
import { useState } from 'react'
import { MAX_RADIUS } from '../../core/mask/maskLimits'
import type { MaskOperation } from '../../core/mask/refine/maskOperation'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Popover } from '../kit/Popover'
import text from '../kit/text.module.css'
import { laterPart } from '../messages/lazyPart'
import styles from './RefineMenu.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectIsMaskEmpty } from '../../state/session/maskState'

const LazySetAside = laterPart(async () => (await import('./SetAsideButton')).SetAsideButton)

/** Operations on the whole mask, each one undo step. */
export function RefineMenu() {
  const app = useApp()
  const t = useT()
  const editor = useAppState(({ session: state }) => state.editor)
  const [amount, setAmount] = useState(8)
  // Applied again whenever the amount changes.
  const [chosen, setChosen] = useState<MaskOperation['kind'] | null>(null)
  const empty = useAppState(selectIsMaskEmpty)
  const operations: readonly (readonly [string, MaskOperation['kind']])[] = [
    [t('mask.grow'), 'grow'],
    [t('mask.shrink'), 'shrink'],
    [t('mask.feather'), 'feather'],
    [t('mask.smooth'), 'smooth'],
    [t('mask.fillHoles'), 'fillHoles'],
    [t('mask.specks'), 'removeSpecks'],
  ]
  const drag = (value: number) => {
    const next = Math.min(MAX_RADIUS, Math.max(1, Math.round(value)))
    setAmount(next)
    if (chosen) void app.operations.adjust(operationOf(chosen, next))
  }
  return (
    <Popover
      icon={SlidersVertical}
      label={t('mask.refine')}
      word={t('mask.refineWord')}
      disabled={!editor}
      onOpenChange={(open) => {
        setChosen(null)
        if (open) void app.operations.prepare()
      }}
    >
      <SliderField
        label={t('mask.amount')}
        unit={t('unit.px')}
        value={amount}
        low={1}
        high={MAX_RADIUS}
        onChange={drag}
      />
      <div className={styles.operations}>
        {operations.map(([name, kind]) => (
          <Button
            key={kind}
            small
            aria-pressed={chosen === kind}
            disabled={empty && chosen !== kind}
            onClick={() => {
              setChosen(kind)
              void app.operations.apply(operationOf(kind, amount))
            }}
          >
            {name}
          </Button>
        ))}
        <Button small onClick={() => void app.operations.selectAll()}>
          {t('mask.all')}
        </Button>
      </div>
      <p className={text.hint}>{t('mask.amountHint')}</p>
      <p className={text.hint}>{t('mask.specksHint', { size: amount })}</p>
      <LazySetAside />
    </Popover>
  )
}

/** Widest feather on each side of an edge, image px. */
const MAX_FEATHER = 128

function operationOf(kind: MaskOperation['kind'], amount: number): MaskOperation {
  switch (kind) {
    case 'fillHoles':
      return { kind }
    case 'removeSpecks':
      return { kind, size: amount * amount }
    case 'feather':
      return { kind, radius: Math.min(MAX_FEATHER, amount) }
    case 'grow':
    case 'shrink':
      return { kind, radius: amount, crisp: true }
    case 'smooth':
      return { kind, radius: amount }
  }
}
