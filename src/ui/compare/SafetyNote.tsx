import { safetyWords } from '../../core/prediction/logs'
import { isBlank, type ReadyOutput, type Run } from '../../state/runs/runs'
import { useT } from '../hooks/useT'
import styles from './OutputPane.module.css'

/** Says that a safety check returned a blank output, or that the run's log speaks of one, in the log's words. */
export function SafetyNote({ run, output }: { readonly run: Run; readonly output: ReadyOutput }) {
  const t = useT()
  const blank = isBlank(run, output)
  const words = safetyWords(run.logs)
  if (!blank && words === '') return null
  return (
    <p className={styles.note} role="note">
      {t(blank ? 'output.blank' : 'output.safety')}
      {words !== '' && `: ${words}`}
    </p>
  )
}
