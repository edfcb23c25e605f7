import { useAppState, useApp } from '../hooks/useApp'
import { useLocalized, useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import text from '../kit/text.module.css'
import { BackendChoice } from '../backend/BackendChoice'
import { selectDeviceModel } from '../../state/model/deviceModels'
import { selectBackend } from '../../state/model/formSelectors'
import { BackendOptions } from './BackendOptions'
import { ModelFields } from './ModelFields'
import styles from './PredictionForm.module.css'

/** What the chosen backend takes: its own inputs, and those of a model where it runs one. */
export function PredictionForm() {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const backend = useAppState(({ settings }) => selectBackend(settings))
  const modelName = useAppState(
    ({ deviceModels, settings }) => selectDeviceModel(deviceModels, settings)?.name,
  )
  const openBackend = () => app.dialogs.open('backend')
  return (
    <form
      className={styles.form}
      aria-label={t('form.label')}
      onSubmit={(event) => {
        event.preventDefault()
        void app.runner.start()
      }}
    >
      <div className={styles.backend}>
        <div className={styles.where}>
          <BackendChoice backend={backend}>
            <LinkButton onClick={openBackend}>{t('run.change')}</LinkButton>
          </BackendChoice>
        </div>
        <p className={text.hint}>{(backend.needsFile && modelName) || localized(backend.description)}</p>
        {backend.models === 'none' && !backend.needsFile && (
          <LinkButton onClick={openBackend}>{t('form.needsModel')}</LinkButton>
        )}
      </div>
      {backend.models === 'none' ? <BackendOptions backend={backend} /> : <ModelFields backend={backend} />}
      {/* Enter in a field submits the form; the visible button is in the run bar. */}
      <input type="submit" hidden />
    </form>
  )
}
