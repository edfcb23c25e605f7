import { chooseOutput, COMPARE_MODES, setCompareMode, setPeek, useCompare } from '../../state/compareStore'
import type { RunOutput } from '../../state/runsStore'
import { useT } from '../hooks/useT'

/** How outputs are looked at, and which one where only one is shown. */
export function CompareBar({ outputs }: { readonly outputs: readonly RunOutput[] }) {
  const t = useT()
  const { mode, chosen } = useCompare()
  return (
    <div className="options-bar compare-bar">
      <div className="segments" role="radiogroup" aria-label={t('compare.label')}>
        {COMPARE_MODES.map((id) => (
          <label key={id} className={id === mode ? 'segment on' : 'segment'}>
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
        <div className="view-switch" role="group" aria-label={t('compare.which')}>
          {outputs.map(({ place }) => (
            <button
              key={place}
              type="button"
              aria-pressed={place === chosen}
              onClick={() => chooseOutput(place)}
            >
              {t('compare.output', { number: place + 1 })}
            </button>
          ))}
        </div>
      )}
      {mode === 'flash' && (
        <button
          type="button"
          className="button small"
          onPointerDown={() => setPeek(true)}
          onPointerUp={() => setPeek(false)}
          onPointerLeave={() => setPeek(false)}
        >
          {t('compare.hold')}
        </button>
      )}
    </div>
  )
}
