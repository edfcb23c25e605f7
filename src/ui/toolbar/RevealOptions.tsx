import { Settings2 } from 'lucide-react'
import { useState } from 'react'
import { type ReadyOutput, selectRun } from '../../state/runs/runs'
import { baseOf } from '../../state/session/source'
import { useApp, useAppState } from '../hooks/useApp'
import { useLayout } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { IconButton } from '../kit/IconButton'
import { Select } from '../kit/Select'
import { BrushOptions } from './BrushOptions'
import styles from './ToolOptions.module.css'
import revealStyles from './RevealOptions.module.css'

/** What brush and eraser paint from while they reveal, in place of the tool's options. */
export function RevealOptions() {
  const app = useApp()
  const t = useT()
  const phone = useLayout() === 'phone'
  const [opened, setOpened] = useState(false)
  const from = useAppState(({ patches }) => patches.reveal?.source.from ?? null)
  const { run, outputs } = useOutputs(from?.runId ?? null)
  const choose = (place: number) => {
    const output = outputs.find((one) => one.place === place)
    void (run && output ? app.paintFromOutput(run, output) : app.patches.paintFrom(null))
  }
  const options = [
    { value: ORIGINAL, text: t('reveal.original') },
    ...outputs.map(({ place }) => ({ value: place, text: t('reveal.output', { number: place + 1 }) })),
  ]
  return (
    <div className={styles.options} role="group" aria-label={t('reveal.label')} data-options="brush">
      {(opened || !phone) && (
        <div className={styles.settings}>
          <BrushOptions />
          <p className={styles.help}>{t('reveal.hint')}</p>
        </div>
      )}
      <div className={revealStyles.from}>
        <label className={revealStyles.source}>
          <span>{t('reveal.source')}</span>
          <Select value={from?.place ?? ORIGINAL} options={options} onChange={choose} />
        </label>
        {phone && (
          <IconButton
            icon={Settings2}
            label={t('options.brush')}
            pressed={opened}
            onClick={() => setOpened(!opened)}
          />
        )}
        <Button small primary onClick={() => void app.patches.stopReveal()}>
          {t('reveal.done')}
        </Button>
      </div>
    </div>
  )
}

/** Stands for the original, in the place of an output's index. */
const ORIGINAL = -1

/** The outputs to choose from: those of the run that is painted from, else of the one that Compare shows. */
function useOutputs(runId: string | null) {
  const shownId = useAppState(({ view }) => view.runId)
  const run = useAppState(({ runs }) => selectRun(runs, runId ?? shownId))
  const source = useAppState(({ session }) => session.source)
  const isOfOpen = run?.source && source && baseOf(run.source) === baseOf(source)
  const outputs = (isOfOpen ? run.outputs : []).filter(
    (output): output is ReadyOutput => output?.kind === 'ready' && !output.whole,
  )
  return { run: isOfOpen ? run : null, outputs }
}
