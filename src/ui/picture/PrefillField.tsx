import { useId } from 'react'
import { DEFAULT_PREFILL, PREFILLS } from '../../core/frame/prefillKinds'
import { selectBackend, selectModel, selectTakesMask } from '../../state/model/formSelectors'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Select } from '../kit/Select'
import styles from './FrameOptions.module.css'

/** What a model is shown where the picture has nothing; those on this device heed only what is there. */
export function PrefillField() {
  const app = useApp()
  const t = useT()
  const id = useId()
  const isHeeded = useAppState(
    (state) => selectBackend(state.settings).models !== 'none' && selectTakesMask(state),
  )
  const model = useAppState((state) => selectModel(state).id)
  const prefill = useAppState(({ models }) => models.prefill[model] ?? DEFAULT_PREFILL)
  if (!isHeeded) return null
  return (
    <div className={styles.prefill}>
      <label htmlFor={id}>{t('prefill.label')}</label>
      <Select
        id={id}
        value={prefill}
        options={PREFILLS.map((value) => ({ value, text: t(`prefill.${value}`) }))}
        onChange={(kind) => app.models.setPrefill(model, kind)}
      />
    </div>
  )
}
