import { useState } from 'react'
import { useT } from '../hooks/useT'
import { Button, LinkButton } from '../kit/Button'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import styles from './backend.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectSaved } from '../../state/model/backends'

/** The backends saved under a name, and a name for the chosen one. */
export function SavedBackends({ canSave }: { readonly canSave: boolean }) {
  const app = useApp()
  const t = useT()
  const { backendUrl } = useAppState(({ settings }) => settings)
  const saved = useAppState(({ backends: state }) => state.saved)
  const [name, setName] = useState('')
  const current = useAppState(({ backends, settings }) => selectSaved(backends, settings))
  const save = () => {
    app.backends.save(name || (current?.name ?? ''))
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
            placeholder={current?.name ?? app.backends.hostOf(backendUrl)}
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
              <LinkButton aria-pressed={one === current} onClick={() => app.backends.choose(one)}>
                {one.name} <span className={text.hint}>{one.url}</span>
              </LinkButton>
              <LinkButton
                aria-label={t('model.remove', { name: one.name })}
                onClick={() => app.backends.drop(one)}
              >
                {t('backend.drop')}
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
