import { Eye, EyeOff, GripVertical, Trash2 } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { seedOf } from '../../core/prediction/prediction'
import { runFacts } from '../../state/runs/runFacts'
import { selectRun } from '../../state/runs/runs'
import type { ShownPatch } from '../../state/session/source'
import { useApp, useAppState } from '../hooks/useApp'
import { type Translate, useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { IconButton } from '../kit/IconButton'
import { runModel, runTitle } from '../runs/runText'
import styles from './patches.module.css'
import { PatchControls } from './PatchControls'
import { PatchThumbnail } from './PatchThumbnail'
import type { GripEvents } from './useReorder'

interface PatchItemProps {
  readonly shown: ShownPatch
  /** From the top. */
  readonly index: number
  readonly count: number
  readonly grip: GripEvents
}

/** One kept result. */
export function PatchItem({ shown, index, count, grip }: PatchItemProps) {
  const app = useApp()
  const t = useT()
  const { patch, isMissing } = shown
  const { id, from, visible } = patch
  const isChosen = useAppState(({ patches }) => patches.selected === id)
  const { title, facts } = usePatchText(shown, t)
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    void app.patches.move(id, by)
  }
  return (
    <li className={styles.item} data-chosen={isChosen ? '' : undefined}>
      <div className={styles.row}>
        <button
          type="button"
          className={styles.grip}
          aria-label={t('patches.move', { title, place: index + 1, count })}
          title={t('patches.moveHint')}
          onKeyDown={move}
          {...grip}
        >
          <GripVertical aria-hidden="true" />
        </button>
        <button
          type="button"
          className={styles.choose}
          aria-expanded={isChosen}
          title={title}
          onClick={() => app.patches.select(isChosen ? null : id)}
        >
          <PatchThumbnail layers={shown.layers} />
          <span className={styles.words}>
            <span className={styles.title}>{title}</span>
            <span className={styles.facts}>{facts.join(' · ')}</span>
          </span>
        </button>
        <label className={styles.show} title={t('patches.showOne')}>
          <input
            type="checkbox"
            aria-label={t('patches.showOf', { title })}
            checked={visible}
            onChange={() => void app.patches.setVisible(id, !visible)}
          />
          {visible ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        </label>
        <IconButton
          icon={Trash2}
          label={t('patches.removeOf', { title })}
          onClick={() => void app.patches.remove(id)}
        />
      </div>
      {isMissing && (
        <p className={styles.missing}>
          {t('patches.missing')}{' '}
          {from && (
            <Button small onClick={() => void app.history.replay(from.runId)}>
              {t('patches.runAgain')}
            </Button>
          )}
        </p>
      )}
      {isChosen && !isMissing && <PatchControls patch={patch} />}
    </li>
  )
}

/** What made it, as far as its run is still listed. */
function usePatchText({ patch: { from, pixels } }: ShownPatch, t: Translate) {
  const baseKey = useAppState(({ session }) => session.source?.key)
  const run = useAppState(({ runs }) => selectRun(runs, from?.runId ?? null))
  const models = useAppState((state) => state.models)
  if (pixels === baseKey) return { title: t('reveal.original'), facts: [] }
  if (!from) return { title: t('patches.removed'), facts: [t('runs.device')] }
  if (!run) return { title: t('patches.ofRun'), facts: [] }
  const facts = runFacts(run.record, models)
  const seed = seedOf(run.record.seeds, from.place)
  return {
    title: runTitle(facts, t),
    facts: [runModel(facts, t), ...(seed === null ? [] : [t('compare.seed', { seed })])],
  }
}
