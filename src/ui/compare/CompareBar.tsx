import { chooseOutput, COMPARE_MODES, setCompareMode, setPeek, useCompare } from '../../state/compareStore'
import type { RunOutput } from '../../state/runsStore'
import { useT } from '../hooks/useT'
import { OptionsBar } from '../app/OptionsBar'
import { Button } from '../kit/Button'
import { ButtonGroup } from '../kit/ButtonGroup'
import styles from './CompareBar.module.css'

/** Chooses how outputs are compared, and which one where a mode shows one. */
export function CompareBar({ outputs }: { readonly outputs: readonly RunOutput[] }) {
  const t = useT()
  const { mode, chosen } = useCompare()
  return (
    <OptionsBar>
      <div className={styles.segments} role="radiogroup" aria-label={t('compare.label')}>
        {COMPARE_MODES.map((id) => (
          <label key={id} className={styles.segment}>
            <input
              type="radio"
              name="compare-mode"
              checked={id === mode}
              onChange={() => setCompareMode(id)}
            />
            {t(`compare.${id}`)}
          </label>
        ))}
      </div>
      {(mode === 'slider' || mode === 'flash') && outputs.length > 1 && (
        <ButtonGroup
          label={t('compare.which')}
          value={chosen}
          options={outputs.map(({ place }) => ({
            value: place,
            text: t('compare.output', { number: place + 1 }),
          }))}
          onChange={chooseOutput}
        />
      )}
      {mode === 'flash' && (
        <Button
          small
          onPointerDown={() => setPeek(true)}
          onPointerUp={() => setPeek(false)}
          onPointerLeave={() => setPeek(false)}
        >
          {t('compare.hold')}
        </Button>
      )}
    </OptionsBar>
  )
}
