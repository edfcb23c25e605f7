import { useState } from 'react'
import { useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import { Field } from '../kit/Field'
import fieldStyles from '../kit/Field.module.css'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import styles from './backend.module.css'
import { useApp } from '../hooks/useApp'

/**
 * The token and the extra headers of one origin. Leaving a field stores its value; after that only the token's end and
 * the headers' names are shown.
 */
export function CredentialsField({ origin }: { readonly origin: string | null }) {
  const app = useApp()
  const t = useT()
  const [draft, setDraft] = useState('')
  const [keep, setKeep] = useState(() => app.backends.isRemembered(origin))
  const [headers, setHeaders] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const stored = app.backends.tokenHint(origin)
  const names = app.backends.headerNames(origin)
  return (
    <div className={fieldStyles.field}>
      <Field
        label={t('backend.token')}
        hint={
          <>
            {stored && draft === '' && `${t('backend.tokenSet', { end: stored.end })} `}
            {origin !== null && t('backend.tokenHint', { origin })}
          </>
        }
      >
        <input
          type="password"
          autoComplete="off"
          aria-label={t('backend.token')}
          value={draft}
          disabled={origin === null}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={() => {
            if (origin !== null && draft.trim() !== '') app.backends.saveToken(origin, draft.trim(), keep)
          }}
        />
      </Field>
      <details className={layoutStyles.stack} open={names.length > 0}>
        <summary>{t('backend.headers')}</summary>
        <label className={fieldStyles.field}>
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
              const line = app.backends.saveHeaders(origin, headers, keep)
              setRefused(line)
              if (line === null) setHeaders('')
            }}
          />
          <span className={text.hint}>
            {names.length > 0 && `${t('backend.headersSet', { names: names.join(', ') })} `}
            {t('backend.headersHint')}
          </span>
          {refused !== null && (
            <span className={styles.problem} role="alert">
              {t('backend.headersRefused', { line: refused.slice(0, 80) })}
            </span>
          )}
        </label>
      </details>
      <label className={layoutStyles.check}>
        <input
          type="checkbox"
          checked={keep}
          disabled={origin === null}
          onChange={(event) => {
            setKeep(event.target.checked)
            if (origin !== null) app.backends.keepCredentials(origin, event.target.checked)
          }}
        />
        <span>
          {t('backend.keep')}
          <span className={text.hint}>{t('backend.keepHint')}</span>
        </span>
      </label>
      {(stored || names.length > 0) && origin !== null && (
        <LinkButton
          onClick={() => {
            app.backends.forgetCredentials(origin)
            setDraft('')
            setHeaders('')
            setKeep(false)
          }}
        >
          {t('backend.forget')}
        </LinkButton>
      )}
    </div>
  )
}
