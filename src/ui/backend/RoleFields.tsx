import { FIELD_ROLES } from '../../core/prediction/fieldRoles'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { findModel, resetRoles, setRole, useModels } from '../../state/modelStore'
import { useSettings } from '../../state/settingsStore'
import { isMessageKey } from '../../i18n/translate'
import { useT } from '../hooks/useT'

/** Which field of the model is its picture, its mask, its seed: by its name, or as the user knows. */
export function RoleFields() {
  const t = useT()
  const { modelId } = useSettings()
  const changed = useModels((state) => Object.hasOwn(state.roles, modelId))
  const { fields } = findModel(modelId)
  return (
    <details className="stack">
      <summary>{t('roles.title')}</summary>
      <p className="hint">{t('roles.hint')}</p>
      <div className="role-grid">
        {FIELD_ROLES.map((role) => {
          const key = `role.${role}`
          const held = fieldByRole(fields, role)
          return (
            <label key={role}>
              <span>{isMessageKey(key) ? t(key) : role}</span>
              <select
                value={held?.name ?? ''}
                onChange={(event) => {
                  const { value } = event.target
                  if (value !== '') setRole(modelId, value, role)
                  else if (held) setRole(modelId, held.name, null)
                }}
              >
                <option value="">{t('roles.none')}</option>
                {fields.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )
        })}
      </div>
      {changed && (
        <button type="button" className="link-button" onClick={() => resetRoles(modelId)}>
          {t('roles.reset')}
        </button>
      )}
    </details>
  )
}
