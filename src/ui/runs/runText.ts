import type { RunFacts } from '../../state/runs/runFacts'
import type { Run } from '../../state/runs/runs'
import { choiceText, fieldLabel } from '../form/fieldText'
import type { Translate } from '../hooks/useT'

/** A run's name: its prompt, or what it was. */
export function runTitle({ prompt }: Pick<RunFacts, 'prompt'>, t: Translate): string {
  if (prompt === null) return t('runs.fill')
  return prompt === '' ? t('runs.noPrompt') : prompt
}

/** Number of outputs and duration, as far as they are known. */
export function runOutline({ record }: Run, t: Translate): string[] {
  const { outputCount, durationMs } = record
  return [
    ...(outputCount > 0
      ? [t(outputCount === 1 ? 'runs.output' : 'runs.outputs', { count: outputCount })]
      : []),
    ...(durationMs === null ? [] : [durationText(durationMs, t)]),
  ]
}

/** What a run ran on: its model, or this device. */
export function runModel({ model, backend }: RunFacts, t: Translate): string {
  return model ?? t(backend.needsFile ? 'device.model' : 'runs.device')
}

/** What was sent besides picture, mask and prompt, each with its label. */
export function settingTexts({ settings }: RunFacts, t: Translate): string[] {
  return settings.flatMap(({ name, field, value }) => {
    const label = field ? fieldLabel(t, field) : name
    // A switch that is on says what it does; one that is off, and usually is, says nothing.
    if (value === true) return [label]
    if (value === false) return field?.default === true ? [`${label}: ${t('runs.off')}`] : []
    const isChoice = typeof value === 'string' || typeof value === 'number'
    return [`${label}: ${field && isChoice ? choiceText(t, field, value) : JSON.stringify(value)}`]
  })
}

/** Tenths of a second below 10 s, minutes from 1 min. */
export function durationText(ms: number, t: Translate): string {
  const seconds = Math.round(ms / 1000)
  if (ms < 9950 && ms % 1000 !== 0) return t('time.seconds', { seconds: (ms / 1000).toFixed(1) })
  if (seconds < 60) return t('time.seconds', { seconds })
  return t('time.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}
