import { SlidersHorizontal } from 'lucide-react'
import { useId } from 'react'
import {
  FRAME_FACTORS,
  FRAME_SHAPES,
  type FrameChange,
  type FrameDraft,
  type FrameShape,
} from '../../core/frame/frameDraft'
import { isFrame, MAX_FRAME_SIDE } from '../../core/frame/frameEdits'
import { useApp, useAppState } from '../hooks/useApp'
import { useMedia } from '../hooks/useMedia'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { NumberInput } from '../kit/NumberInput'
import { Popover } from '../kit/Popover'
import { RadioBar } from '../kit/RadioBar'
import { Select } from '../kit/Select'
import { FrameMore } from './FrameMore'
import styles from './FrameOptions.module.css'

/** Chooses what of the picture is shown, in place of the tool's options: the canvas has the edges. */
export function FrameOptions() {
  const draft = useAppState(({ framing }) => framing.draft)
  return draft && <Options draft={draft} />
}

function Options({ draft }: { readonly draft: FrameDraft }) {
  const app = useApp()
  const t = useT()
  // In smaller windows the shapes would take a second row.
  const isWide = useMedia('(min-width: 80em)')
  const edit = (change: FrameChange) => void app.framing.edit(change)
  const isOpenable = isFrame(draft.frame, draft.base)
  const shapes = <Shapes draft={draft} onChange={edit} />
  return (
    <div className={styles.group} role="group" aria-label={t('frame.title')}>
      {/* Enter in one of its boxes applies. */}
      <form
        className={styles.options}
        onSubmit={(event) => {
          event.preventDefault()
          void app.framing.apply()
        }}
      >
        {isWide && shapes}
        <div className={styles.size}>
          <Side name="width" draft={draft} onChange={edit} />
          <span aria-hidden="true">×</span>
          <Side name="height" draft={draft} onChange={edit} />
          <span>{t('unit.px')}</span>
        </div>
        <Popover
          icon={SlidersHorizontal}
          label={t('extend.more')}
          {...(isWide && { word: t('extend.moreWord') })}
        >
          {!isWide && shapes}
          <FrameMore draft={draft} onChange={edit} />
        </Popover>
        {!isOpenable && <p className={styles.limits}>{t('frame.limits')}</p>}
        <div className={styles.end}>
          <Button small onClick={() => app.view.setFraming(null)}>
            {t('extend.cancel')}
          </Button>
          <Button type="submit" small primary disabled={!isOpenable}>
            {t('frame.apply')}
          </Button>
        </div>
      </form>
    </div>
  )
}

interface PartProps {
  readonly draft: FrameDraft
  readonly onChange: (change: FrameChange) => void
}

function Shapes({ draft: { grows, shape }, onChange }: PartProps) {
  const t = useT()
  const options: { readonly value: FrameShape | ''; readonly text: string }[] = [
    { value: '', text: t('extend.free') },
    ...FRAME_SHAPES.map((value) => ({ value, text: value })),
  ]
  return (
    <div className={styles.shapes}>
      <RadioBar
        label={t('frame.mode')}
        value={grows ? 'extend' : 'crop'}
        options={[
          { value: 'extend', text: t('frame.extend') },
          { value: 'crop', text: t('frame.crop') },
        ]}
        onChange={(mode) => onChange({ kind: 'grows', grows: mode === 'extend' })}
      />
      <Select
        aria-label={t('frame.shape')}
        value={shape ?? ''}
        options={options}
        onChange={(value) => onChange({ kind: 'shape', shape: value === '' ? null : value })}
      />
      {grows && (
        <div className={styles.factors}>
          {FRAME_FACTORS.map((factor) => (
            <Button key={factor} small onClick={() => onChange({ kind: 'scale', factor })}>
              × {factor}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

function Side({ name, draft, onChange }: PartProps & { readonly name: 'width' | 'height' }) {
  const t = useT()
  const id = useId()
  return (
    <NumberInput
      id={id}
      label={t(`frame.${name}`)}
      value={draft.frame[name]}
      step={1}
      low={1}
      high={MAX_FRAME_SIDE}
      whole
      strict
      onChange={(length) => length !== undefined && onChange({ kind: name, length })}
    />
  )
}
