import { clsx } from 'clsx'
import { useEffect, useMemo, useState } from 'react'
import { type Rect, rectOf, unionRect } from '../../core/geometry'
import type { PictureLayer } from '../canvas/drawPicture'
import { CompareBar } from './CompareBar'
import { useT } from '../hooks/useT'
import { OutputActions } from './OutputActions'
import { OutputPane } from './OutputPane'
import { UnreadPane } from './UnreadPane'
import { keyProps } from '../commands/command'
import { pageCommand } from '../commands/pageCommands'
import { Button } from '../kit/Button'
import styles from './ComparePanes.module.css'
import paneStyles from './OutputPane.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import type { Run, RunOutput } from '../../state/runs/runs'
import type { SourceImage } from '../../state/session/session'

/** Compares a run's outputs with the original in one of four modes, with one zoom and pan. */
export function ComparePanes() {
  const { runId, mode, selected } = useAppState(({ view }) => view)
  const run = useAppState(({ runs: state }) => state.runs.find(({ record }) => record.id === runId))
  if (!run?.source) return null
  const { source, outputs } = run
  const single = outputs[Math.min(selected, outputs.length - 1)]
  return (
    <div className={styles.area}>
      <CompareBar outputs={outputs} />
      {mode === 'sideBySide' || mode === 'difference' || single?.kind !== 'ready' ? (
        <SideBySide run={run} source={source} />
      ) : (
        <SinglePane key={single.place} run={run} source={source} output={single} wipe={mode === 'slider'} />
      )}
    </div>
  )
}

interface PanesProps {
  readonly run: Run
  readonly source: SourceImage
}

/** The area that the panes show, image px: the picture and what outputs added around it. */
function frameOf(source: SourceImage, outputs: readonly RunOutput[]): Rect {
  return outputs.reduce<Rect>(
    (frame, output) => (output.kind === 'ready' ? unionRect(frame, output.rect) : frame),
    rectOf(source.pixels),
  )
}

function movedBy(at: Rect, frame: Rect): Rect {
  return { ...at, x: at.x - frame.x, y: at.y - frame.y }
}

function useOriginal(source: SourceImage, frame: Rect): readonly PictureLayer[] {
  return useMemo(
    () => [{ levels: source.levels, at: movedBy(rectOf(source.pixels), frame), opaque: source.opaque }],
    [source, frame],
  )
}

/** The layers of an output: drawn over the original, unless it is a whole picture. */
function layersOf(
  original: readonly PictureLayer[],
  { levels, rect, opaque, whole }: RunOutput & { kind: 'ready' },
  frame: Rect,
): readonly PictureLayer[] {
  const layer = { levels, at: movedBy(rect, frame), opaque }
  return whole ? [layer] : [...original, layer]
}

/** The outputs beside the original; in Difference mode as heat maps of the changes. */
function SideBySide({ run, source }: PanesProps) {
  const app = useApp()
  const t = useT()
  const { peek, selected, mode } = useAppState(({ view }) => view)
  const { keys, 'aria-keyshortcuts': spoken } = keyProps(pageCommand('compare.edit'))
  const { outputs } = run
  const frame = useMemo(() => frameOf(source, outputs), [source, outputs])
  const original = useOriginal(source, frame)
  const heat = useDifferences(source, outputs, frame, mode === 'difference')
  const layers = useMemo(
    () =>
      outputs.map((output, index) => {
        if (output.kind !== 'ready') return original
        return heat?.[index] ?? layersOf(original, output, frame)
      }),
    [outputs, original, heat, frame],
  )
  return (
    <div className={styles.panes} data-count={outputs.length + 1}>
      <OutputPane name={t('compare.original')} picture={frame} layers={original} primary>
        <div className={paneStyles.actions}>
          <Button
            small
            title={`${t('compare.edit')} (${keys})`}
            aria-keyshortcuts={spoken}
            onClick={app.view.showEdit}
          >
            {t('compare.edit')}
          </Button>
        </div>
      </OutputPane>
      {outputs.map((output, index) => {
        const name = t('compare.output', { number: output.place + 1 })
        return output.kind === 'ready' ? (
          <OutputPane
            key={output.place}
            name={name}
            picture={frame}
            layers={peek ? original : layers[index]}
            facts={factsOf(run, output, t)}
            chosen={index === selected && outputs.length > 1}
          >
            <OutputActions run={run} output={output} selected={index === selected} />
          </OutputPane>
        ) : (
          <UnreadPane key={output.place} runId={run.record.id} name={name} output={output} />
        )
      })}
    </div>
  )
}

/** One output over the original: revealed by a slider, or flashed. */
function SinglePane({
  run,
  source,
  output,
  wipe,
}: PanesProps & { readonly output: RunOutput & { kind: 'ready' }; readonly wipe: boolean }) {
  const t = useT()
  const peek = useAppState(({ view: state }) => state.peek)
  const [part, setPart] = useState(50)
  const frame = useMemo(() => frameOf(source, [output]), [source, output])
  const original = useOriginal(source, frame)
  const layers = useMemo(() => layersOf(original, output, frame), [original, output, frame])
  return (
    <div className={clsx(styles.panes, styles.single)}>
      <OutputPane
        name={t('compare.output', { number: output.place + 1 })}
        picture={frame}
        layers={peek || wipe ? original : layers}
        {...(wipe && !peek ? { over: { layers, from: part } } : {})}
        facts={factsOf(run, output, t)}
        primary
      >
        <div className={paneStyles.actions}>
          {wipe && (
            <input
              type="range"
              className={styles.wipe}
              aria-label={t('compare.slider')}
              min={0}
              max={100}
              value={part}
              onChange={(event) => setPart(Number(event.target.value))}
            />
          )}
          <OutputActions run={run} output={output} selected />
        </div>
      </OutputPane>
    </div>
  )
}

/** @returns the heat maps as layers, by output; null until they are computed, or if not wanted */
function useDifferences(
  source: SourceImage,
  outputs: readonly RunOutput[],
  frame: Rect,
  wanted: boolean,
): readonly (readonly PictureLayer[] | null)[] | null {
  const app = useApp()
  const [made, setMade] = useState<{
    outputs: readonly RunOutput[]
    layers: (PictureLayer[] | null)[]
  } | null>(null)
  useEffect(() => {
    if (!wanted) return undefined
    let open = true
    const make = async () => {
      const black = { levels: [await app.pictures.black()], at: movedBy(frame, frame), opaque: true }
      const layers = await Promise.all(
        outputs.map(async (output) => {
          if (output.kind !== 'ready') return null
          const levels = await app.pictures.difference(source, output)
          return [black, { levels, at: movedBy(output.rect, frame), opaque: true }]
        }),
      )
      if (open) setMade({ outputs, layers })
    }
    make().catch(app.messages.report)
    return () => {
      open = false
    }
  }, [app, source, outputs, frame, wanted])
  return wanted && made?.outputs === outputs ? made.layers : null
}

function factsOf(run: Run, output: RunOutput & { kind: 'ready' }, t: ReturnType<typeof useT>): string {
  const facts: string[] = []
  if (output.seed !== null) facts.push(t('compare.seed', { seed: output.seed }))
  const { durationMs } = run.record
  if (durationMs !== null) facts.push(t('compare.time', { seconds: (durationMs / 1000).toFixed(1) }))
  return facts.join(' · ')
}
