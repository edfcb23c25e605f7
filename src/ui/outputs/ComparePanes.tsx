import { useMemo } from 'react'
import { rectOf } from '../../core/geometry'
import { adoptOutput, copyOutput, downloadOutput } from '../../state/exportController'
import { retryOutput } from '../../state/runOutputs'
import { type Run, type RunOutput, useRuns } from '../../state/runsStore'
import { showEdit, useCompare } from '../../state/compareStore'
import { ErrorText } from '../kit/Messages'
import { useT } from '../useT'
import { OutputPane } from './OutputPane'

/** The original and all outputs of a run, in one shared zoom and pan. */
export function ComparePanes() {
  const t = useT()
  const { runId, peek, chosen } = useCompare()
  const run = useRuns((state) => state.runs.find(({ record }) => record.id === runId))
  const source = run?.source
  const original = useMemo(
    () => (source ? [{ levels: source.levels, at: rectOf(source.pixels), opaque: source.opaque }] : []),
    [source],
  )
  const layers = useMemo(
    () =>
      (run?.outputs ?? []).map((output) =>
        output.kind === 'ready'
          ? original.concat({ levels: output.levels, at: output.rect, opaque: output.opaque })
          : original,
      ),
    [run?.outputs, original],
  )
  if (!run || !source) return null
  return (
    <div className={`compare count-${run.outputs.length + 1}`}>
      <OutputPane name={t('compare.original')} picture={source.pixels} layers={original} primary>
        <div className="pane-actions">
          <button type="button" className="button small" title="Esc" onClick={showEdit}>
            {t('compare.edit')}
          </button>
        </div>
      </OutputPane>
      {run.outputs.map((output, index) => {
        const name = t('compare.output', { number: output.place + 1 })
        return output.kind === 'ready' ? (
          <OutputPane
            key={output.place}
            name={name}
            picture={source.pixels}
            layers={peek ? original : layers[index]}
            facts={factsOf(run, output, t)}
            chosen={index === chosen && run.outputs.length > 1}
          >
            <OutputActions run={run} output={output} />
          </OutputPane>
        ) : (
          <figure key={output.place} className="pane" aria-label={name}>
            <figcaption>
              <strong>{name}</strong>
            </figcaption>
            <div className="pane-problem" role="alert">
              <p>{t('output.unreadable')}</p>
              <ErrorText error={output.error} />
              {output.retry && (
                <button
                  type="button"
                  className="button small"
                  onClick={() => void retryOutput(run.record.id, output.place)}
                >
                  {t('message.retry')}
                </button>
              )}
            </div>
          </figure>
        )
      })}
    </div>
  )
}

function factsOf(run: Run, output: RunOutput & { kind: 'ready' }, t: ReturnType<typeof useT>): string {
  const facts: string[] = []
  if (output.seed !== null) facts.push(t('compare.seed', { seed: output.seed }))
  const { durationMs } = run.record
  if (durationMs !== null) facts.push(t('compare.time', { seconds: (durationMs / 1000).toFixed(1) }))
  return facts.join(' · ')
}

function OutputActions({
  run,
  output,
}: {
  readonly run: Run
  readonly output: RunOutput & { kind: 'ready' }
}) {
  const t = useT()
  return (
    <div className="pane-actions">
      <button
        type="button"
        className="button small primary"
        title={t('output.keepHint')}
        onClick={() => void adoptOutput(run, output, true)}
      >
        {t('output.keep')}
      </button>
      <button
        type="button"
        className="button small"
        title={t('output.useHint')}
        onClick={() => void adoptOutput(run, output, false)}
      >
        {t('output.use')}
      </button>
      <button type="button" className="button small" onClick={() => void downloadOutput(run, output)}>
        {t('output.download')}
      </button>
      <button type="button" className="button small" onClick={() => void copyOutput(run, output)}>
        {t('output.copy')}
      </button>
    </div>
  )
}
