import { useState } from 'react'
import {
  chooseSaved,
  currentSaved,
  dropSaved,
  hostOf,
  keepBackend,
  useSavedBackends,
} from '../../state/savedBackends'
import { useSettings } from '../../state/settingsStore'
import { useT } from '../hooks/useT'
import { Button, LinkButton } from '../kit/Button'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import styles from './backend.module.css'

/** The backends saved under a name, and a name for the chosen one. */
export function SavedBackends({ canSave }: { readonly canSave: boolean }) {
  const t = useT()
  const { backendUrl } = useSettings()
  const saved = useSavedBackends((state) => state.saved)
  const [name, setName] = useState('')
  const current = currentSaved(saved)
  const save = () => {
    keepBackend(name || (current?.name ?? ''))
    setName('')
  }
  return (
    <div className={layoutStyles.stack}>
      {canSave && (
        <div className={styles.save}>
          <input
            type="text"
            autoComplete="off"
            maxLength={60}
            aria-label={t('backend.name')}
            placeholder={current?.name ?? hostOf(backendUrl)}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              // Enter would submit the dialog's form without saving the name.
              if (event.key !== 'Enter') return
              event.preventDefault()
              save()
            }}
          />
          <Button onClick={save}>{t(current ? 'backend.rename' : 'backend.keepIt')}</Button>
        </div>
      )}
      {saved.length > 0 && (
        <ul className={styles.list} aria-label={t('backend.kept')}>
          {saved.map((one) => (
            <li key={one.url}>
              <LinkButton aria-pressed={one === current} onClick={() => chooseSaved(one)}>
                {one.name} <span className={text.hint}>{one.url}</span>
              </LinkButton>
              <LinkButton aria-label={t('model.remove', { name: one.name })} onClick={() => dropSaved(one)}>
                {t('backend.drop')}
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
