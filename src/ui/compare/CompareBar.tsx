import { Maximize } from 'lucide-react'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { CommandButton } from '../commands/CommandButton'
import { OptionsBar } from '../kit/OptionsBar'
import { OutputStepper } from './OutputStepper'
import styles from './CompareBar.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { COMPARE_MODES } from '../../state/shell/view'
import { selectIsFitted } from '../../state/shell/viewport'
import type { RunOutput } from '../../state/runs/runs'

/** Chooses how outputs are compared, and which one is selected. */
export function CompareBar({ outputs }: { readonly outputs: readonly RunOutput[] }) {
  const app = useApp()
  const t = useT()
  const phone = useLayout() === 'phone'
  const mode = useAppState(({ view }) => view.mode)
  const fitted = useAppState(selectIsFitted)
  return (
    <OptionsBar>
      <div className={styles.segments} role="radiogroup" aria-label={t('compare.label')}>
        {COMPARE_MODES.map((id) => (
          <label key={id} className={styles.segment}>
            <input
              type="radio"
              name="compare-mode"
              checked={id === mode}
              onChange={() => app.view.setMode(id)}
            />
            {t(`compare.${id}`)}
          </label>
        ))}
      </div>
      {phone ? (
        <CommandButton command="view.fit" icon={Maximize} pressed={fitted} />
      ) : (
        outputs.length > 1 && <OutputStepper count={outputs.length} />
      )}
    </OptionsBar>
  )
}
