import { SlidersVertical } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { MAX_RADIUS } from '../../core/mask/command/maskCodec'
import type { MaskOperation } from '../../core/mask/refine/maskOperation'
import { adjustOperation, applyOperation, prepareOperations, selectAll } from '../../state/maskController'
import { useSession } from '../../state/sessionStore'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'

/** Changes of the whole mask by an amount, each one undo step. */
export function RefineMenu() {
  const t = useT()
  const editor = useSession((state) => state.editor)
  const [amount, setAmount] = useState(8)
  // The operation that follows the amount while it is dragged.
  const [chosen, setChosen] = useState<MaskOperation['kind'] | null>(null)
  const empty = !editor || editor.isEmpty
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
    if (chosen) void adjustOperation(operationOf(chosen, next))
  }
  return (
    <Popover.Root
      onOpenChange={(open) => {
        setChosen(null)
        if (open) prepareOperations()
      }}
    >
      <Popover.Trigger asChild>
        <button
          type="button"
          className="icon-button"
          aria-label={t('mask.refine')}
          title={t('mask.refine')}
          disabled={!editor}
        >
          <SlidersVertical aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="start" sideOffset={6} aria-label={t('mask.refine')}>
          <SliderField
            label={t('mask.amount')}
            unit={t('unit.px')}
            value={amount}
            low={1}
            high={MAX_RADIUS}
            onChange={drag}
          />
          <div className="refine-buttons">
            {operations.map(([name, kind]) => (
              <button
                key={kind}
                type="button"
                className="button small"
                aria-pressed={chosen === kind}
                disabled={empty && chosen !== kind}
                onClick={() => {
                  setChosen(kind)
                  void applyOperation(operationOf(kind, amount))
                }}
              >
                {name}
              </button>
            ))}
            <button type="button" className="button small" onClick={() => editor && selectAll(editor)}>
              {t('mask.all')}
            </button>
          </div>
          <p className="hint">{t('mask.amountHint')}</p>
          <p className="hint">{t('mask.specksHint')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The widest feather, image px to each side. */
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
    case 'smooth':
      return { kind, radius: amount }
  }
}
