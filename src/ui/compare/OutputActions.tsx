import type { ReadyOutput, Run } from '../../state/runs/runs'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './OutputPane.module.css'
import { SafetyNote } from './SafetyNote'

interface OutputActionsProps {
  readonly run: Run
  readonly output: ReadyOutput
  /** Only the selected output has the primary action. */
  readonly selected: boolean
}

/** What can be done with one output; each name says with which. */
export function OutputActions({ run, output, selected }: OutputActionsProps) {
  const app = useApp()
  const t = useT()
  const number = output.place + 1
  const keepsMask = run.record.masked && !output.whole
  return (
    <div className={styles.actions}>
      <SafetyNote run={run} output={output} />
      <Button
        small
        primary={selected}
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
      <Button
        small
        aria-label={t('output.downloadOf', { number })}
        onClick={() => void app.exporter.downloadOutput(run, output)}
      >
        {t('output.download')}
      </Button>
      <Button
        small
        aria-label={t('output.copyOf', { number })}
        onClick={() => void app.exporter.copyOutput(run, output)}
      >
        {t('output.copy')}
      </Button>
    </div>
  )
}
