import type { SweepAxis } from '../../core/run/sweep'
import type { SweptCell } from '../../state/runs/sweep'
import { selectRun } from '../../state/runs/runs'
import { choiceText, fieldLabel } from '../form/fieldText'
import { useApp, useAppState } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { LinkButton } from '../kit/Button'
import { endText } from './stageText'
import styles from './SweepDialog.module.css'
import { Thumbnail } from './Thumbnail'

/** The runs of a sweep under the values that they were made with. */
export function SweepGrid() {
  const t = useT()
  const { axes, cells } = useAppState(({ sweep }) => sweep)
  const [first, second] = axes
  if (!first) return null
  const rows = second ? second.values.map((_, y) => y) : [0]
  return (
    <div className={styles.scroll}>
      <table className={styles.grid} aria-label={t('sweep.grid')}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {second && fieldLabel(t, second.field)}
            </th>
            <th scope="colgroup" colSpan={first.values.length}>
              {fieldLabel(t, first.field)}
            </th>
          </tr>
          <tr>
            {first.values.map((value, x) => (
              <th key={String(value)} scope="col">
                {valueText(t, first, x)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((y) => (
            <tr key={y}>
              <th scope="row">{second && valueText(t, second, y)}</th>
              {cells.map((cell, place) =>
                cell.y === y ? (
                  <td key={`${cell.x} ${cell.y}`}>
                    <Cell
                      cell={cell}
                      place={place}
                      name={[valueText(t, first, cell.x), ...(second ? [valueText(t, second, y)] : [])].join(
                        ' · ',
                      )}
                    />
                  </td>
                ) : null,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly cell: SweptCell
  readonly place: number
  readonly name: string
}

function Cell({ cell, place, name }: CellProps) {
  const app = useApp()
  const t = useT()
  const run = useAppState(({ runs }) => selectRun(runs, cell.runId))
  if (cell.isWaiting) return <>{t('sweep.waiting')}</>
  if (run && run.stage !== 'done') return <>{t('sweep.running')}</>
  const again = (
    <LinkButton aria-label={t('sweep.repeat', { cell: name })} onClick={() => void app.sweep.repeat(place)}>
      {t('sweep.repeatWord')}
    </LinkButton>
  )
  if (run?.record.status === 'succeeded') {
    return (
      <button
        type="button"
        className={styles.cell}
        aria-label={t('sweep.look', { cell: name })}
        onClick={() => {
          app.dialogs.open(null)
          void app.history.look(run.record.id)
        }}
      >
        <Thumbnail run={run} />
      </button>
    )
  }
  return (
    <div className={styles.state}>
      {run ? endText(run, t) : t('sweep.notRun')}
      {again}
    </div>
  )
}

function valueText(t: Translate, { field, values }: SweepAxis, place: number): string {
  const value = values[place]
  return typeof value === 'boolean' ? String(value) : choiceText(t, field, value)
}
