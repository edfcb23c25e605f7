import { safetyWords } from '../../core/prediction/logs'
import { isBlank, type ReadyOutput, type Run } from '../../state/runs/runs'
import { useT } from '../hooks/useT'
import styles from './OutputPane.module.css'

/** Says of a blank output that a safety check made it, in the words of the run's log where it has any. */
export function BlankNote({ run, output }: { readonly run: Run; readonly output: ReadyOutput }) {
  const t = useT()
  if (!isBlank(run, output)) return null
  const words = safetyWords(run.logs)
  return (
    <p className={styles.note} role="note">
      {t('output.blank')}
      {words !== '' && `: ${words}`}
    </p>
  )
}
