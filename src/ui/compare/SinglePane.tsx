import { type ReactNode, useMemo, useState } from 'react'
import type { ReadyOutput, Run } from '../../state/runs/runs'
import { compareFrame } from '../../state/runs/compareFrame'
import type { SourceImage } from '../../state/session/source'
import { useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { OutputPane } from './OutputPane'
import { layersOf, useOriginal } from './outputLayers'
import { WipeLine } from './WipeLine'

interface SinglePaneProps {
  readonly run: Run
  readonly source: SourceImage
  readonly output: ReadyOutput
  readonly name: string
  readonly mode: 'slider' | 'flash'
  readonly facts: string
  readonly stepper: ReactNode
  readonly note: ReactNode
  readonly children: ReactNode
}

/** One output over the original: revealed by a line that is dragged, or gone while the picture is pressed. */
export function SinglePane({
  run,
  source,
  output,
  name,
  mode,
  facts,
  stepper,
  note,
  children,
}: SinglePaneProps) {
  const t = useT()
  const peek = useAppState(({ view: state }) => state.peek)
  const [part, setPart] = useState(50)
  const frame = useMemo(() => compareFrame(run, [output]), [run, output])
  const original = useOriginal(source)
  const layers = useMemo(() => layersOf(original, output), [original, output])
  const wipe = mode === 'slider'
  return (
    <OutputPane
      name={name}
      picture={frame}
      layers={peek || wipe ? original : layers}
      output={peek ? undefined : output}
      {...(wipe && {
        over: { layers: peek ? original : layers, from: part },
        cover: <WipeLine label={name} at={part} onMove={setPart} />,
      })}
      facts={wipe ? facts : t('compare.press')}
      stepper={stepper}
      note={note}
      flashes={!wipe}
      primary
    >
      {children}
    </OutputPane>
  )
}
