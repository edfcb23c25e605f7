import { type ErrorCode, UNCLEAR } from '../../core/errors'
import { runFacts } from '../../state/runs/runFacts'
import type { Run } from '../../state/runs/runs'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { useWhen } from '../hooks/useWhen'
import { Button } from '../kit/Button'
import { RepeatButton } from '../messages/RepeatButton'
import { runModel, runOutline, runTitle, settingTexts } from './runText'
import styles from './RunAbout.module.css'

/** What has no result for no fault of its inputs. */
const REPEATABLE: ReadonlySet<ErrorCode> = new Set(['run/interrupted', 'run/not-sent', 'run/not-reached'])

/** What a run that is looked at was made of, and the way back to it. What is open is something else. */
export function RunAbout({ run }: { readonly run: Run }) {
  const whenOf = useWhen()
  const app = useApp()
  const t = useT()
  const models = useAppState((state) => state.models)
  const openKey = useAppState(({ session }) => session.source?.key)
  const { record } = run
  const { base } = record.document
  const facts = runFacts(record, models)
  const when = whenOf(new Date(record.createdAt))
  const picture = base.key === openKey ? [] : [t('runs.picture', { name: base.name })]
  return (
    <section className={styles.about} aria-label={t('runs.about')}>
      <div className={styles.text}>
        <h2>{runTitle(facts, t)}</h2>
        <p>
          {[...picture, runModel(facts, t), ...runOutline(run, t), when, ...settingTexts(facts, t)].join(
            // A line ends with its dot, and none begins with one.
            '\u00a0· ',
          )}
        </p>
        {record.error && (
          <p className={styles.error}>
            {t(`error.${record.error.code}`, record.error.params)}{' '}
            {UNCLEAR in record.error.params && t('message.unclear')} {record.error.detail}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {record.error && REPEATABLE.has(record.error.code) && <RepeatButton runId={record.id} />}
        <Button small title={t('runs.restoreHint')} onClick={() => void app.history.bringBack(record.id)}>
          {t('runs.restore')}
        </Button>
      </div>
    </section>
  )
}
