import { useState } from 'react'
import {
  headerNames,
  isRemembered,
  keepCredentials,
  removeCredentials,
  storeHeaders,
  storeToken,
  tokenHint,
} from '../../state/backendSettings'
import { useT } from '../hooks/useT'

/**
 * The token and the extra headers of one origin. They are stored when their field is left, and never shown again but
 * for the token's end and the headers' names.
 */
export function CredentialsField({ origin }: { readonly origin: string | null }) {
  const t = useT()
  const [draft, setDraft] = useState('')
  const [keep, setKeep] = useState(() => isRemembered(origin))
  const [headers, setHeaders] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const stored = tokenHint(origin)
  const names = headerNames(origin)
  return (
    <div className="stack-field">
      <label className="stack-field">
        <span>{t('backend.token')}</span>
        <input
          type="password"
          autoComplete="off"
          aria-label={t('backend.token')}
          value={draft}
          disabled={origin === null}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            if (origin !== null && draft.trim() !== '') storeToken(origin, draft.trim(), keep)
          }}
        />
        <span className="hint">
          {stored && draft === '' && `${t('backend.tokenSet', { end: stored.end })} `}
          {origin !== null && t('backend.tokenHint', { origin })}
        </span>
      </label>
      <details className="stack" open={names.length > 0}>
        <summary>{t('backend.headers')}</summary>
        <label className="stack-field">
          <textarea
            rows={2}
            spellCheck={false}
            autoComplete="off"
            aria-label={t('backend.headers')}
            placeholder="X-Connection-Api-Key: ..."
            value={headers}
            disabled={origin === null}
            aria-invalid={refused !== null}
            onChange={(event) => setHeaders(event.target.value)}
            onBlur={() => {
              if (origin === null || headers.trim() === '') return
              const line = storeHeaders(origin, headers, keep)
              setRefused(line)
              if (line === null) setHeaders('')
            }}
          />
          <span className="hint">
            {names.length > 0 && `${t('backend.headersSet', { names: names.join(', ') })} `}
            {t('backend.headersHint')}
          </span>
          {refused !== null && (
            <span className="problem" role="alert">
              {t('backend.headersRefused', { line: refused.slice(0, 80) })}
            </span>
          )}
        </label>
      </details>
      <label className="check">
        <input
          type="checkbox"
          checked={keep}
          disabled={origin === null}
          onChange={(event) => {
            setKeep(event.target.checked)
            if (origin !== null) keepCredentials(origin, event.target.checked)
          }}
        />
        <span>
          {t('backend.keep')}
          <span className="hint">{t('backend.keepHint')}</span>
        </span>
      </label>
      {(stored || names.length > 0) && origin !== null && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            removeCredentials(origin)
            setDraft('')
            setHeaders('')
            setKeep(false)
          }}
        >
          {t('backend.forget')}
        </button>
      )}
    </div>
  )
}
