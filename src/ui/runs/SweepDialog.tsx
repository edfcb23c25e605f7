import { useState } from 'react'
import { type FieldSpec, type FieldValues, formFields } from '../../core/prediction/inputSchema'
import { costOf, MAX_SWEEP_RUNS, type Price, readAxisValues, type SweepAxis } from '../../core/run/sweep'
import { selectModel, selectValues } from '../../state/model/formSelectors'
import { expectedNow } from '../../state/runs/runFacts'
import { useApp, useAppState, useObstacles } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { BadField } from './BadField'
import { durationText } from './runText'
import { type AxisDraft, SweepAxisFields } from './SweepAxisFields'
import { SweepGrid } from './SweepGrid'
import { SweepPrice } from './SweepPrice'

/** By the number of runs. */
const START_TEXTS = ['sweep.startNone', 'sweep.startOne'] as const

const EMPTY: AxisDraft = { name: '', word: '', text: '' }

/** Two inputs in a grid of runs: their values, what they cost before they start, and what came of them. */
export function SweepDialog() {
  const app = useApp()
  const t = useT()
  const model = useAppState(selectModel)
  const values = useAppState(selectValues)
  const isOn = useAppState(({ sweep }) => sweep.isOn)
  const price = useAppState(({ settings }) => settings.prices[model.id])
  const expected = useAppState((state) => expectedNow(state, app.pageUrl))
  const [obstacle] = useObstacles()
  const fields = formFields(model.fields).filter(({ kind }) => kind !== 'file' && kind !== 'secret')
  const first = fields.find(({ role }) => role === 'steps') ?? fields[0]
  const [across, setAcross] = useState<AxisDraft>({ ...EMPTY, name: first?.name ?? '' })
  const [down, setDown] = useState<AxisDraft>(EMPTY)
  const axes = [readAxis(t, fields, across, values), readAxis(t, fields, down, values)]
  const ready = axes.flatMap(({ axis }) => axis ?? [])
  const isWhole = axes.every(({ problem }) => problem === null)
  const isEmpty = ready.length === 0
  const count = isEmpty || !isWhole ? 0 : ready.reduce((all, axis) => all * axis.values.length, 1)
  return (
    <Dialog title={t('sweep.title')} wide onClose={() => app.dialogs.open(null)}>
      <div className={layoutStyles.stack}>
        <p className={text.hint}>{t('sweep.about')}</p>
        <SweepAxisFields
          label={t('sweep.across')}
          fields={fields}
          draft={across}
          canBeNone={false}
          problem={axes[0].problem}
          onChange={setAcross}
        />
        <SweepAxisFields
          label={t('sweep.down')}
          fields={fields}
          draft={down}
          canBeNone
          problem={axes[1].problem}
          onChange={setDown}
        />
        <SweepPrice modelId={model.id} price={price} />
        <p id="sweep-outlook">
          {obstacle?.code === 'bad-field' ? (
            <BadField name={obstacle.field} />
          ) : obstacle ? (
            t(`obstacle.${obstacle.code}`)
          ) : !isWhole ? null : isEmpty ? (
            t('sweep.noValues')
          ) : (
            outlookText(t, count, price, expected)
          )}
        </p>
        <DialogActions>
          {isOn ? (
            <Button primary onClick={() => void app.sweep.stop()}>
              {t('sweep.stop')}
            </Button>
          ) : (
            <Button
              primary
              disabled={count === 0 || count > MAX_SWEEP_RUNS || obstacle !== undefined}
              aria-describedby="sweep-outlook"
              onClick={() => void app.sweep.start(ready)}
            >
              {t(START_TEXTS[count] ?? 'sweep.start', { count })}
            </Button>
          )}
        </DialogActions>
        <SweepGrid />
      </div>
    </Dialog>
  )
}

/** @returns the axis as far as it is whole, and what is wrong with it */
function readAxis(
  t: Translate,
  fields: readonly FieldSpec[],
  { name, word, text: typed }: AxisDraft,
  form: FieldValues,
): { readonly axis: SweepAxis | null; readonly problem: string | null } {
  const field = fields.find((one) => one.name === name)
  if (!field || typed.trim() === '') return { axis: null, problem: null }
  const { values, bad } = readAxisValues(field, typed)
  if (bad.length > 0) return { axis: null, problem: t('sweep.bad', { values: bad.join(', ') }) }
  const isWord = field.role === 'prompt' && word !== ''
  if (isWord && !String(form[field.name] ?? '').includes(word))
    return { axis: null, problem: t('sweep.wordMissing') }
  return { axis: values.length > 0 ? { field, word: isWord ? word : null, values } : null, problem: null }
}

function outlookText(t: Translate, count: number, price: Price | undefined, expected: number | null): string {
  if (count > MAX_SWEEP_RUNS) return t('sweep.tooMany', { count, max: MAX_SWEEP_RUNS })
  const cost = price && price.amount > 0 ? costOf(count, price, expected) : undefined
  return [
    ...(expected === null ? [] : [t('sweep.time', { time: durationText(count * expected, t) })]),
    ...(cost === undefined
      ? []
      : [cost === null ? t('sweep.costUnknown') : t('sweep.cost', { cost: Number(cost.toPrecision(3)) })]),
  ].join(' · ')
}
