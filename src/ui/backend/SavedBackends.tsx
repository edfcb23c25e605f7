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

/** The backends that are kept under a name, and a name for the one that is chosen. */
export function KeptBackends({ canKeep }: { readonly canKeep: boolean }) {
  const t = useT()
  const { backendUrl } = useSettings()
  const saved = useSavedBackends((state) => state.saved)
  const [name, setName] = useState('')
  const current = currentSaved(saved)
  const keep = () => {
    keepBackend(name || (current?.name ?? ''))
    setName('')
  }
  return (
    <div className="stack">
      {canKeep && (
        <div className="keep-row">
          <input
            type="text"
            autoComplete="off"
            maxLength={60}
            aria-label={t('backend.name')}
            placeholder={current?.name ?? hostOf(backendUrl)}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => {
              // Enter would close the dialog with the name unsaid.
              if (event.key !== 'Enter') return
              event.preventDefault()
              keep()
            }}
          />
          <button type="button" className="button" onClick={keep}>
            {t(current ? 'backend.rename' : 'backend.keepIt')}
          </button>
        </div>
      )}
      {saved.length > 0 && (
        <ul className="own-models" aria-label={t('backend.kept')}>
          {saved.map((one) => (
            <li key={one.url}>
              <button
                type="button"
                className="link-button"
                aria-pressed={one === current}
                onClick={() => chooseSaved(one)}
              >
                {one.name} <span className="hint">{one.url}</span>
              </button>
              <button
                type="button"
                className="link-button"
                aria-label={t('model.remove', { name: one.name })}
                onClick={() => dropSaved(one)}
              >
                {t('backend.drop')}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
