import { Copy, Download, Paintbrush } from 'lucide-react'
import type { ReadyOutput, Run } from '../../state/runs/runs'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './OutputPane.module.css'

interface OutputActionsProps {
  readonly run: Run
  readonly output: ReadyOutput
}

/** What can be done with the selected output; each name says with which. */
export function OutputActions({ run, output }: OutputActionsProps) {
  const app = useApp()
  const t = useT()
  const number = output.place + 1
  const blind = useAppState(({ view }) => view.blind !== null)
  const keepsMask = run.record.masked && !output.whole
  if (blind) {
    return (
      <div className={styles.actions}>
        <Button small primary onClick={() => app.view.reveal()}>
          {t('blind.choose')}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.actions}>
      <Button
        small
        primary
        aria-label={t('output.applyOf', { number })}
        onClick={() => void app.applyOutput(run, output, false)}
      >
        {t('output.apply')}
      </Button>
      {keepsMask && (
        <Button
          small
          aria-label={t('output.applyKeepingMaskOf', { number })}
          onClick={() => void app.applyOutput(run, output, true)}
        >
          {t('output.applyKeepingMask')}
        </Button>
      )}
      {!output.whole && (
        <Button
          small
          className={styles.reveal}
          title={t('reveal.from')}
          aria-label={t('reveal.from')}
          onClick={() => void app.paintFromOutput(run, output)}
        >
          <Paintbrush className={styles.icon} aria-hidden="true" />
          <span>{t('reveal.from')}</span>
        </Button>
      )}
      <Button
        small
        className={styles.common}
        title={t('output.download')}
        aria-label={t('output.downloadOf', { number })}
        onClick={() => void app.exporter.downloadOutput(run, output)}
      >
        <Download className={styles.icon} aria-hidden="true" />
        <span>{t('output.download')}</span>
      </Button>
      <Button
        small
        className={styles.common}
        title={t('output.copy')}
        aria-label={t('output.copyOf', { number })}
        onClick={() => void app.exporter.copyOutput(run, output)}
      >
        <Copy className={styles.icon} aria-hidden="true" />
        <span>{t('output.copy')}</span>
      </Button>
    </div>
  )
}
