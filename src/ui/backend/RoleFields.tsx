import { FIELD_ROLES } from '../../core/prediction/fieldRoles'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { findModel, resetRoles, setRole, useModels } from '../../state/modelStore'
import { useSettings } from '../../state/settingsStore'
import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import text from '../kit/text.module.css'
import styles from './backend.module.css'

/** Assigns roles (picture, mask, seed, ...) to the model's fields where their names do not tell. */
export function RoleFields() {
  const t = useT()
  const { modelId } = useSettings()
  const changed = useModels((state) => Object.hasOwn(state.roles, modelId))
  const { fields } = findModel(modelId)
  return (
    <details className={layoutStyles.stack}>
      <summary>{t('roles.title')}</summary>
      <p className={text.hint}>{t('roles.hint')}</p>
      <div className={styles.roles}>
        {FIELD_ROLES.map((role) => {
          const key = `role.${role}`
          const held = fieldByRole(fields, role)
          return (
            <label key={role}>
              <span>{t.has(key) ? t(key) : role}</span>
              <Select
                value={held?.name ?? ''}
                options={[
                  { value: '', text: t('roles.none') },
                  ...fields.map(({ name }) => ({ value: name, text: name })),
                ]}
                onChange={(value) => {
                  if (value !== '') setRole(modelId, value, role)
                  else if (held) setRole(modelId, held.name, null)
                }}
              />
            </label>
          )
        })}
      </div>
      {changed && <LinkButton onClick={() => resetRoles(modelId)}>{t('roles.reset')}</LinkButton>}
    </details>
  )
}
