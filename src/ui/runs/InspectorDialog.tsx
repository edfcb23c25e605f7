import { clsx } from 'clsx'
import { Copy, RotateCcw } from 'lucide-react'
import type { Exchange } from '../../core/prediction/exchange'
import { curlOf, readableAnswer, readableJson, sentPictures } from '../../core/prediction/exchangeText'
import { Dialog, DialogActions } from '../kit/Dialog'
import { IconButton } from '../kit/IconButton'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import styles from './InspectorDialog.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { Code } from './Code'
import { RunLog } from './RunLog'

/** The requests and answers of a run, as they went over the wire. */
export function InspectorDialog({ runId }: { readonly runId: string }) {
  const app = useApp()
  const t = useT()
  const exchanges = useAppState(({ exchanges: state }) => state.byRun[runId]) ?? []
  const create = exchanges.find(({ body }) => sentPictures(body).length > 0) ?? exchanges[0]
  return (
    <Dialog title={t('inspector.title')} onClose={() => app.dialogs.inspect(null)}>
      <div className={clsx(layoutStyles.stack, styles.inspector)}>
        {create && <Sent exchange={create} />}
        <RunLog runId={runId} />
        {exchanges.length > 0 && <Answers exchanges={exchanges} />}
        <DialogActions>
          <IconButton
            icon={RotateCcw}
            label={t('inspector.replay')}
            text
            onClick={() => void app.history.replay(runId)}
          />
        </DialogActions>
      </div>
    </Dialog>
  )
}

function Answers({ exchanges }: { readonly exchanges: readonly Exchange[] }) {
  const t = useT()
  return (
    <section className={layoutStyles.stack} aria-label={t('inspector.answers')}>
      <h3>{t('inspector.answers')}</h3>
      {exchanges.map((exchange) => (
        <details key={exchange.at + exchange.url + exchange.method}>
          <summary>
            {exchange.method} {new URL(exchange.url).pathname} → {exchange.status ?? exchange.answer} ·{' '}
            {t('inspector.ms', { ms: exchange.ms })}
          </summary>
          <Code label={t('inspector.answers')}>{readableAnswer(exchange.answer)}</Code>
        </details>
      ))}
    </section>
  )
}

function Sent({ exchange }: { readonly exchange: Exchange }) {
  const app = useApp()
  const t = useT()
  return (
    <section className={layoutStyles.stack} aria-label={t('inspector.sent')}>
      <h3>{t('inspector.sent')}</h3>
      <p className={text.hint}>
        {exchange.method} {exchange.url}
      </p>
      <div className={styles.pictures}>
        {sentPictures(exchange.body).map(({ field, uri, width, height, bytes }) => (
          <figure key={field}>
            <img src={uri} alt={t('inspector.picture', { field })} />
            <figcaption>
              {field}: {width} × {height}, {t('inspector.bytes', { kilobytes: Math.ceil(bytes / 1000) })}
            </figcaption>
          </figure>
        ))}
      </div>
      <Code label={t('inspector.json')}>{readableJson(exchange.body)}</Code>
      <div className={styles.copy}>
        <IconButton
          icon={Copy}
          label={t('inspector.copyJson')}
          text
          onClick={() => void app.exporter.copyExchange(JSON.stringify(exchange.body, null, 2))}
        />
        <IconButton
          icon={Copy}
          label={t('inspector.copyCurl')}
          text
          onClick={() => void app.exporter.copyExchange(curlOf(exchange))}
        />
      </div>
    </section>
  )
}
