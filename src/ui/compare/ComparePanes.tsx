import { useDeferredValue, useMemo, useRef } from 'react'
import { paneGrid } from '../../core/paneGrid'
import { usePane } from '../canvas/usePane'
import { useLayout } from '../hooks/useMedia'
import { CompareBar } from './CompareBar'
import { useT } from '../hooks/useT'
import { OutputPane } from './OutputPane'
import { LinkedCursors } from './LinkedCursor'
import { useOutputName } from './outputName'
import { layersOf, useDifferences, useOriginal } from './outputLayers'
import { DifferenceScale } from './DifferenceScale'
import { OutputActions } from './OutputActions'
import { OutputStepper } from './OutputStepper'
import { SafetyNote } from './SafetyNote'
import { SinglePane } from './SinglePane'
import { UnreadPane } from './UnreadPane'
import styles from './ComparePanes.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import type { Run, RunOutput } from '../../state/runs/runs'
import { shownOrder } from '../../state/runs/selection'
import { compareFrame } from '../../state/runs/compareFrame'
import type { SourceImage } from '../../state/session/source'

/** Compares a run's outputs with the original in one of four modes, with one zoom and pan. */
export function ComparePanes() {
  const { runId, mode, selected } = useAppState(({ view }) => view)
  const run = useAppState(({ runs: state }) => state.runs.find(({ record }) => record.id === runId))
  if (!run?.source) return null
  const { source, outputs } = run
  const single = outputs[Math.min(selected, outputs.length - 1)]
  return (
    <div className={styles.area} data-mode={mode}>
      <CompareBar outputs={outputs} />
      {(mode === 'slider' || mode === 'flash') && single ? (
        <SingleOutput key={single.place} run={run} source={source} output={single} mode={mode} />
      ) : (
        <LinkedCursors>
          <SideBySide run={run} source={source} />
        </LinkedCursors>
      )}
    </div>
  )
}

interface PanesProps {
  readonly run: Run
  readonly source: SourceImage
}

function SingleOutput({
  run,
  source,
  output,
  mode,
}: PanesProps & { readonly output: RunOutput; readonly mode: 'slider' | 'flash' }) {
  const t = useT()
  const phone = useLayout() === 'phone'
  const view = useAppState((state) => state.view)
  const nameOf = useOutputName()
  const count = run.outputs.length
  const shownAt = shownOrder(view, count).indexOf(run.outputs.indexOf(output))
  return (
    <div className={styles.panes} data-captions={phone && count > 1 ? 'tall' : undefined}>
      {output.kind === 'ready' ? (
        <SinglePane
          run={run}
          source={source}
          output={output}
          name={nameOf(output.place, shownAt)}
          mode={mode}
          facts={view.blind ? '' : factsOf(run, output, t)}
          stepper={phone && count > 1 && <OutputStepper count={count} />}
          note={<SafetyNote run={run} output={output} />}
        >
          <OutputActions run={run} output={output} />
        </SinglePane>
      ) : (
        <UnreadPane runId={run.record.id} output={output} />
      )}
    </div>
  )
}

/** Height of a pane's caption, and of one with buttons for fingers; CSS px. ComparePanes.module.css has them too. */
const CAPTION_PX = 28
const STEPPER_PX = 44

/**
 * The outputs beside the original; in Difference mode as heat maps of the changes. The page with the selected output is
 * shown where they are too many for one; on a phone each has its own.
 */
function SideBySide({ run, source }: PanesProps) {
  const t = useT()
  const ref = useRef<HTMLDivElement>(null)
  // The panes come in a task of their own, after what they take the place of has gone.
  const area = useDeferredValue(usePane(ref)?.size)
  const phone = useLayout() === 'phone'
  const app = useApp()
  const view = useAppState((state) => state.view)
  const { peek, selected, mode, blind } = view
  const nameOf = useOutputName()
  const { outputs } = run
  const frame = useMemo(() => compareFrame(run, outputs), [run, outputs])
  const original = useOriginal(source)
  const heat = useDifferences(source, outputs, frame, mode === 'difference')
  const layers = useMemo(
    () =>
      outputs.map((output, index) => {
        if (output.kind !== 'ready') return original
        return heat?.[index] ?? layersOf(original, output)
      }),
    [outputs, original, heat],
  )
  const count = 1 + (phone ? 1 : outputs.length)
  const isMany = outputs.length > 1
  const captionHeight = phone && isMany ? STEPPER_PX : CAPTION_PX
  const grid = area && paneGrid({ count, picture: frame, area, captionHeight })
  const perPage = Math.max(1, (grid?.panes ?? 1) - 1)
  const order = shownOrder(view, outputs.length)
  const at = order.indexOf(Math.min(selected, outputs.length - 1))
  const first = Math.floor(at / perPage) * perPage
  return (
    <div
      ref={ref}
      className={styles.panes}
      data-captions={captionHeight === STEPPER_PX ? 'tall' : undefined}
      style={{
        gridTemplateColumns: `repeat(${grid?.columns ?? 1}, minmax(0, 1fr))`,
        gridTemplateRows: `repeat(${grid?.rows ?? 1}, minmax(0, 1fr))`,
      }}
    >
      {grid && grid.panes > 1 && (
        <OutputPane
          name={t('compare.original')}
          picture={frame}
          layers={original}
          facts={mode === 'difference' && <DifferenceScale />}
          primary
        />
      )}
      {grid &&
        order.slice(first, first + perPage).map((index, nth) => {
          const output = outputs[index]
          return output.kind === 'ready' ? (
            <OutputPane
              key={output.place}
              name={nameOf(output.place, first + nth)}
              picture={frame}
              layers={peek ? original : layers[index]}
              output={peek ? undefined : output}
              against={heat?.[index] ? source : null}
              facts={!blind && factsOf(run, output, t)}
              note={<SafetyNote run={run} output={output} />}
              chosen={index === selected && isMany}
              {...(isMany && { onSelect: () => app.view.select(index) })}
              stepper={phone && isMany && <OutputStepper count={outputs.length} />}
              primary={grid.panes === 1}
            >
              {index === selected && <OutputActions run={run} output={output} />}
            </OutputPane>
          ) : (
            <UnreadPane key={output.place} runId={run.record.id} output={output} />
          )
        })}
    </div>
  )
}

function factsOf(run: Run, output: RunOutput & { kind: 'ready' }, t: ReturnType<typeof useT>): string {
  const facts: string[] = []
  const { durationMs, details, best } = run.record
  if (best === output.place) facts.push(t('compare.best'))
  const detail = details?.[output.place]
  if (detail) facts.push(t(`compare.detail.${detail}`))
  if (output.seed !== null) facts.push(t('compare.seed', { seed: output.seed }))
  if (durationMs !== null) facts.push(t('compare.time', { seconds: (durationMs / 1000).toFixed(1) }))
  return facts.join(' · ')
}
