import { clsx } from 'clsx'
import { ArrowLeftRight, Lock, LockOpen, RotateCcw, Undo2 } from 'lucide-react'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { checkFields } from '../../core/prediction/fieldCheck'
import { formOrder } from '../../core/prediction/formOrder'
import { fieldByRole, type FieldSpec } from '../../core/prediction/inputSchema'
import { selectCanUndoReset, selectModel, selectValues } from '../../state/model/formSelectors'
import { selectModels } from '../../state/model/models'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { Select } from '../kit/Select'
import { BackendOptions } from './BackendOptions'
import { FormField } from './FormField'
import { MoreFields } from './MoreFields'
import { PolarityField } from './PolarityField'
import fieldStyles from './field.module.css'
import styles from './PredictionForm.module.css'

/** The inputs of the chosen model, drawn from its schema: the prompt first. */
export function ModelFields({ backend }: { readonly backend: BackendDescriptor }) {
  const app = useApp()
  const t = useT()
  const models = useAppState((state) => selectModels(state.models))
  const model = useAppState(selectModel)
  const values = useAppState(selectValues)
  const complaints = useAppState(({ forms }) => forms.complaints)
  const keepsShape = useAppState(({ forms }) => forms.keptShape !== null)
  const canUndoReset = useAppState(selectCanUndoReset)
  const hasSize = fieldByRole(model.fields, 'width') !== null && fieldByRole(model.fields, 'height') !== null
  const { first, more } = formOrder(model.fields)
  const prompt = first.find(({ role }) => role === 'prompt')
  // What keeps a run from starting is seen.
  const hasProblem = more.some(({ name }) => name in complaints || name in checkFields(more, values))
  const draw = (field: FieldSpec) => (
    <FormField
      // What is being typed goes on where another model's form comes: its prompt is the same box.
      key={field.role === 'prompt' ? 'prompt' : `${model.id} ${field.name}`}
      field={field}
      value={values[field.name]}
      complaint={complaints[field.name]}
    />
  )
  return (
    <>
      {prompt && draw(prompt)}
      <div className={clsx(fieldStyles.field, fieldStyles.wide)} data-field="model">
        <label htmlFor="model">{t('form.model')}</label>
        <Select
          id="model"
          value={model.id}
          options={models.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={app.chooseModel}
        />
      </div>
      <PolarityField model={model} />
      <BackendOptions backend={backend} />
      {first.filter((field) => field !== prompt).map(draw)}
      {more.length > 0 && (
        <MoreFields hasProblem={hasProblem}>
          {more.map(draw)}
          {hasSize && (
            <div className={styles.actions}>
              <IconButton icon={ArrowLeftRight} label={t('form.swap')} text onClick={app.forms.swapSides} />
              <IconButton
                icon={keepsShape ? Lock : LockOpen}
                label={t('form.lockShape')}
                pressed={keepsShape}
                onClick={app.forms.toggleShape}
              />
            </div>
          )}
        </MoreFields>
      )}
      <div className={styles.actions}>
        {canUndoReset ? (
          <IconButton icon={Undo2} label={t('form.undoReset')} text onClick={app.forms.undoReset} />
        ) : (
          <IconButton icon={RotateCcw} label={t('form.reset')} text onClick={app.forms.reset} />
        )}
      </div>
    </>
  )
}
