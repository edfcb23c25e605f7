import { useT } from '../hooks/useT'
import { OptionsBar } from '../kit/OptionsBar'
import { Button } from '../kit/Button'
import { ButtonGroup } from '../kit/ButtonGroup'
import styles from './CompareBar.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { COMPARE_MODES } from '../../state/shell/view'
import type { RunOutput } from '../../state/runs/runs'

/** Chooses how outputs are compared, and which output in the modes that show one. */
export function CompareBar({ outputs }: { readonly outputs: readonly RunOutput[] }) {
  const app = useApp()
  const t = useT()
  const { mode, selected } = useAppState(({ view }) => view)
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
      {(mode === 'slider' || mode === 'flash') && outputs.length > 1 && (
        <ButtonGroup
          label={t('compare.which')}
          value={selected}
          options={outputs.map(({ place }) => ({
            value: place,
            text: t('compare.output', { number: place + 1 }),
          }))}
          onChange={app.view.select}
        />
      )}
      {mode === 'flash' && (
        <Button
          small
          onPointerDown={() => app.view.setPeek(true)}
          onPointerUp={() => app.view.setPeek(false)}
          onPointerLeave={() => app.view.setPeek(false)}
        >
          {t('compare.hold')}
        </Button>
      )}
    </OptionsBar>
  )
}
