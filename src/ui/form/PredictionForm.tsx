import { clsx } from 'clsx'
import { ArrowLeftRight, Lock, LockOpen, RotateCcw } from 'lucide-react'
import { defaultValues, fieldByRole, formFields } from '../../core/prediction/inputSchema'
import { backendUses, useActiveBackend } from '../../state/activeBackend'
import { openDialog } from '../../state/dialogStore'
import { chooseModel } from '../../state/chooseModel'
import { allModels, useModels } from '../../state/modelStore'
import { PolarityField } from './PolarityField'
import { activeModel, setFields, toggleShape, useForm } from '../../state/formStore'
import { BackendChoice } from '../backend/BackendChoice'
import { BackendOptions } from './BackendOptions'
import { startRun } from '../../state/runController'
import { useSettings } from '../../state/settingsStore'
import { IconButton } from '../kit/IconButton'
import { useLocalized, useT } from '../hooks/useT'
import { FormField } from './FormField'
import { useMemo } from 'react'
import { LinkButton } from '../kit/Button'
import { Select } from '../kit/Select'
import text from '../kit/text.module.css'
import fieldStyles from './field.module.css'
import styles from './PredictionForm.module.css'

/** The inputs of the chosen model, drawn from its schema. */
export function PredictionForm() {
  const t = useT()
  const localized = useLocalized()
  const modelId = useSettings((state) => state.modelId)
  const backend = useActiveBackend()
  const known = useModels()
  const models = useMemo(() => allModels(known), [known])
  const model = models.find(({ id }) => id === modelId) ?? models[0]
  const held = useForm((state) => state.values[model.id])
  const values = useMemo(() => held ?? defaultValues(model.fields), [held, model])
  const complaints = useForm((state) => state.complaints)
  const keepsShape = useForm((state) => state.keptShape !== null)
  const hasSize = fieldByRole(model.fields, 'width') !== null && fieldByRole(model.fields, 'height') !== null
  const swap = () => {
    const { fields } = activeModel()
    const width = fieldByRole(fields, 'width')
    const height = fieldByRole(fields, 'height')
    if (!width || !height) return
    setFields({ [width.name]: values[height.name], [height.name]: values[width.name] })
    // Width and height swap, so the locked shape turns too.
    useForm.setState(({ keptShape }) => ({ keptShape: keptShape && 1 / keptShape }))
  }
  return (
    <form
      className={styles.form}
      aria-label={t('form.label')}
      onSubmit={(event) => {
        event.preventDefault()
        void startRun()
      }}
    >
      <div className={styles.backend}>
        <span>
          {t('run.where')} <BackendChoice backend={backend} />
        </span>
        <LinkButton onClick={() => openDialog('backend')}>{t('run.change')}</LinkButton>
        <p className={text.hint}>{localized(backend.description)}</p>
      </div>
      <div className={clsx(fieldStyles.field, fieldStyles.wide)} data-field="model">
        <label htmlFor="model">{t('form.model')}</label>
        <Select
          id="model"
          value={model.id}
          options={models.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={chooseModel}
        />
      </div>
      {backend.needsUrl && <PolarityField model={model} />}
      <BackendOptions backend={backend} />
      {formFields(model.fields).map((field) => (
        <FormField
          key={field.name}
          field={field}
          value={values[field.name]}
          complaint={complaints[field.name]}
          unused={!backendUses(backend.id, field.role)}
        />
      ))}
      <div className={styles.actions}>
        {hasSize && (
          <>
            <IconButton icon={ArrowLeftRight} label={t('form.swap')} text onClick={swap} />
            <IconButton
              icon={keepsShape ? Lock : LockOpen}
              label={t('form.lockShape')}
              pressed={keepsShape}
              onClick={toggleShape}
            />
          </>
        )}
        <IconButton
          icon={RotateCcw}
          label={t('form.reset')}
          text
          onClick={() => {
            const blank = Object.fromEntries(Object.keys(values).map((name) => [name, undefined]))
            setFields({ ...blank, ...defaultValues(model.fields) })
          }}
        />
      </div>
      {/* Enter in a field submits the form; the visible button is in the run bar. */}
      <input type="submit" hidden />
    </form>
  )
}
