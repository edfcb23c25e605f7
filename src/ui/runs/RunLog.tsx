import { useMemo } from 'react'
import { foldedLog, type LogLine } from '../../core/prediction/logs'
import { selectRun } from '../../state/runs/runs'
import { useAppState } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import { Code } from './Code'

/** What the backend has logged of a run, while it is on and after it. */
export function RunLog({ runId }: { readonly runId: string }) {
  const t = useT()
  const logs = useAppState(({ runs }) => selectRun(runs, runId)?.logs ?? '')
  const text = useMemo(
    () =>
      foldedLog(logs)
        .map((line) => lineText(line, t))
        .join('\n'),
    [logs, t],
  )
  if (text === '') return null
  return (
    <section className={layoutStyles.stack} aria-label={t('inspector.log')}>
      <h3>{t('inspector.log')}</h3>
      <Code label={t('inspector.log')}>{text}</Code>
    </section>
  )
}

function lineText({ text, folded }: LogLine, t: Translate): string {
  return folded === 0 ? text : `${text} ${t('inspector.folded', { count: folded })}`
}
