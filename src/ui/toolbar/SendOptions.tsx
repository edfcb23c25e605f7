import { MAX_CONTEXT } from '../../core/image/contextLimits'
import { selectTakesMask } from '../../state/model/formSelectors'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import layoutStyles from '../kit/layout.module.css'
import { SliderField } from '../kit/SliderField'
import styles from './SendOptions.module.css'

/** Chooses what a run sends, in place of the tool's options. */
export function SendOptions() {
  const app = useApp()
  const t = useT()
  const part = useAppState(({ sending }) => sending.part)
  const masked = useAppState(selectTakesMask)
  const { setFraming } = app.view
  const settle = () => void app.sending.settle()
  const context = part?.context ?? 0
  return (
    <div className={styles.options} role="group" aria-label={t('send.label')}>
      {masked && (
        <SliderField
          label={t('send.context')}
          unit={t('unit.percent')}
          value={context}
          low={0}
          high={MAX_CONTEXT}
          onChange={(next) => void app.sending.choose({ kind: 'around', context: next })}
          onSettle={settle}
        />
      )}
      <label className={layoutStyles.check}>
        <input
          type="checkbox"
          role="switch"
          aria-checked={part?.isWhole === true}
          checked={part?.isWhole === true}
          onChange={(event) => void app.sending.setWhole(event.target.checked)}
        />
        {t('send.whole')}
      </label>
      <p className={styles.hint}>{t('send.hint')}</p>
      <Button small onClick={() => void app.sending.reset()}>
        {t('send.reset')}
      </Button>
      <Button small primary onClick={() => setFraming(null)}>
        {t('send.done')}
      </Button>
    </div>
  )
}
