import { SlidersVertical } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { MAX_RADIUS } from '../../core/mask/maskCodec'
import type { MaskOperation } from '../../core/mask/maskOperation'
import { applyOperation, selectAll } from '../../state/maskController'
import { useSession } from '../../state/sessionStore'
import { SliderField } from '../kit/SliderField'
import { useT } from '../useT'

/** Changes of the whole mask by an amount, each one undo step. */
export function RefineMenu() {
  const t = useT()
  const editor = useSession((state) => state.editor)
  const [amount, setAmount] = useState(8)
  const empty = !editor || editor.isEmpty
  const operations: readonly (readonly [string, MaskOperation])[] = [
    [t('mask.grow'), { kind: 'grow', radius: amount }],
    [t('mask.shrink'), { kind: 'shrink', radius: amount }],
    [t('mask.feather'), { kind: 'feather', radius: amount }],
    [t('mask.smooth'), { kind: 'smooth', radius: amount }],
    [t('mask.fillHoles'), { kind: 'fillHoles' }],
    [t('mask.specks'), { kind: 'removeSpecks', size: amount * amount }],
  ]
  return (
    <Popover.Root>
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
            onChange={(value) => setAmount(Math.min(MAX_RADIUS, Math.max(1, Math.round(value))))}
          />
          <div className="refine-buttons">
            {operations.map(([name, operation]) => (
              <button
                key={operation.kind}
                type="button"
                className="button small"
                disabled={empty}
                onClick={() => void applyOperation(operation)}
              >
                {name}
              </button>
            ))}
            <button type="button" className="button small" onClick={() => editor && selectAll(editor)}>
              {t('mask.all')}
            </button>
          </div>
          <p className="hint">{t('mask.specksHint')}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
