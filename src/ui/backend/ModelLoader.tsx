import { useState } from 'react'
import { type AppErrorData, errorData } from '../../core/errors'
import { ErrorText } from '../messages/ErrorText'
import { useT } from '../hooks/useT'
import { Button, LinkButton } from '../kit/Button'
import { Field } from '../kit/Field'
import layoutStyles from '../kit/layout.module.css'
import styles from './backend.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { selectBackend, selectModel } from '../../state/model/formSelectors'

/** Adds any model: its input schema comes from the backend, or is pasted. */
export function ModelLoader({ canLoad }: { readonly canLoad: boolean }) {
  const app = useApp()
  const t = useT()
  const model = useAppState(selectModel)
  const own = useAppState(({ models: state }) => state.own)
  const [reference, setReference] = useState('')
  const [schema, setSchema] = useState('')
  const [state, setState] = useState<'idle' | 'loading' | 'done' | AppErrorData>('idle')
  const attempt = async (work: () => void | Promise<void>) => {
    setState('loading')
    try {
      await work()
      setState('done')
    } catch (error) {
      setState(errorData(error))
    }
  }
  const hasOwnModel = useAppState(({ settings }) => selectBackend(settings).models === 'own')
  return (
    <details className={layoutStyles.stack}>
      <summary>{t('model.other')}</summary>
      <div className={layoutStyles.stack}>
        {!hasOwnModel && (
          <Field label={t('model.reference')}>
            <input
              type="text"
              autoComplete="off"
              spellCheck={false}
              aria-label={t('model.reference')}
              placeholder="owner/name:version"
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          </Field>
        )}
        <Button
          disabled={!canLoad || state === 'loading' || (!hasOwnModel && reference.trim() === '')}
          onClick={() => void attempt(() => app.loader.load(reference, AbortSignal.timeout(20_000)))}
        >
          {t('model.load')}
        </Button>
        <Field label={t('model.schema')} hint={t('model.schemaHint')}>
          <textarea
            rows={3}
            spellCheck={false}
            aria-label={t('model.schema')}
            value={schema}
            onChange={(event) => setSchema(event.target.value)}
          />
        </Field>
        <Button
          disabled={schema.trim() === ''}
          onClick={() => void attempt(() => app.loader.paste(schema, reference))}
        >
          {t('model.paste')}
        </Button>
        <div role="status">
          {state === 'loading' && t('model.loading')}
          {state === 'done' && <span className={styles.good}>{t('model.chosen', { name: model.name })}</span>}
          {typeof state === 'object' && (
            <div className={styles.bad}>
              <ErrorText error={state} />
            </div>
          )}
        </div>
        {own.length > 0 && (
          <ul className={styles.list} aria-label={t('model.own')}>
            {own.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <LinkButton onClick={() => app.models.remove(id)}>{t('model.remove', { name })}</LinkButton>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  )
}
