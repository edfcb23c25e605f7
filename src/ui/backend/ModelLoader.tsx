import { useState } from 'react'
import { type AppErrorData, errorData } from '../../core/errors'
import { useActiveBackend } from '../../state/activeBackend'
import { dropModel, loadModel, pasteModel } from '../../state/modelLoader'
import { findModel, useModels } from '../../state/modelStore'
import { useSettings } from '../../state/settingsStore'
import { ErrorText } from '../app/Messages'
import { useT } from '../hooks/useT'

/** Any model: its inputs come from the backend, or are pasted. */
export function ModelLoader({ canLoad }: { readonly canLoad: boolean }) {
  const t = useT()
  const { modelId } = useSettings()
  const own = useModels((state) => state.own)
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
  const hasOwnModel = useActiveBackend().models === 'own'
  return (
    <details className="stack">
      <summary>{t('model.other')}</summary>
      <div className="stack">
        {!hasOwnModel && (
          <label className="stack-field">
            <span>{t('model.reference')}</span>
            <input
              type="text"
              autoComplete="off"
              spellCheck={false}
              aria-label={t('model.reference')}
              placeholder="owner/name:version"
              value={reference}
              onChange={(event) => setReference(event.target.value)}
            />
          </label>
        )}
        <button
          type="button"
          className="button"
          disabled={!canLoad || state === 'loading' || (!hasOwnModel && reference.trim() === '')}
          onClick={() => void attempt(() => loadModel(reference, AbortSignal.timeout(20_000)))}
        >
          {t('model.load')}
        </button>
        <label className="stack-field">
          <span>{t('model.schema')}</span>
          <textarea
            rows={3}
            spellCheck={false}
            aria-label={t('model.schema')}
            value={schema}
            onChange={(event) => setSchema(event.target.value)}
          />
          <span className="hint">{t('model.schemaHint')}</span>
        </label>
        <button
          type="button"
          className="button"
          disabled={schema.trim() === ''}
          onClick={() => void attempt(() => pasteModel(schema, reference))}
        >
          {t('model.paste')}
        </button>
        <div role="status">
          {state === 'loading' && t('model.loading')}
          {state === 'done' && (
            <span className="good">{t('model.chosen', { name: findModel(modelId).name })}</span>
          )}
          {typeof state === 'object' && (
            <div className="bad">
              <ErrorText error={state} />
            </div>
          )}
        </div>
        {own.length > 0 && (
          <ul className="own-models" aria-label={t('model.own')}>
            {own.map(({ id, name }) => (
              <li key={id}>
                <span>{name}</span>
                <button type="button" className="link-button" onClick={() => dropModel(id)}>
                  {t('model.remove', { name })}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  )
}
