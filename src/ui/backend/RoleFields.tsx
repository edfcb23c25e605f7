import { FIELD_ROLES } from '../../core/prediction/fieldRoles'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import text from '../kit/text.module.css'
import styles from './backend.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectModel } from '../../state/model/formSelectors'

/** Assigns roles (picture, mask, seed, ...) to the model's fields where their names do not tell. */
export function RoleFields() {
  const app = useApp()
  const t = useT()
  const { id: modelId, fields } = useAppState(selectModel)
  const changed = useAppState(({ models: state }) => Object.hasOwn(state.roles, modelId))
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
                  if (value !== '') app.models.setRole(modelId, value, role)
                  else if (held) app.models.setRole(modelId, held.name, null)
                }}
              />
            </label>
          )
        })}
      </div>
      {changed && <LinkButton onClick={() => app.models.resetRoles(modelId)}>{t('roles.reset')}</LinkButton>}
    </details>
  )
}
