import { useId, useState } from 'react'
import {
  type Anchor,
  anchoredFrame,
  isFrame,
  MAX_FRAME_SIDE,
  MAX_OVERLAP,
  sizeOfShape,
} from '../../core/frame/frameEdits'
import { outpaintPreset } from '../../core/frame/outpaintFields'
import { rectOf, type Rect, type Size } from '../../core/geometry'
import { selectBackend, selectModel } from '../../state/model/formSelectors'
import { baseOf, pictureSize, type SourceImage } from '../../state/session/source'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { RadioBar } from '../kit/RadioBar'
import { Dialog, DialogActions } from '../kit/Dialog'
import { NumberInput } from '../kit/NumberInput'
import { SliderField } from '../kit/SliderField'
import layoutStyles from '../kit/layout.module.css'
import text from '../kit/text.module.css'
import { AnchorGrid } from './AnchorGrid'
import { PrefillField } from './PrefillField'
import { FramePreview } from './FramePreview'
import { TurnControls } from './TurnControls'
import styles from './FrameDialog.module.css'

const SHAPES = ['1:1', '4:5', '3:2', '16:9', '9:16'] as const
const FACTORS = [1.25, 1.5, 2] as const

/** Shows more of the open picture than there is, to be filled, or less. */
export function FrameDialog() {
  const app = useApp()
  const t = useT()
  const { source, frame, opened } = useAppState(({ session }) => session)
  return (
    <Dialog title={t('frame.title')} onClose={() => app.dialogs.open(null)}>
      {source && frame && <FrameForm key={opened} source={source} open={frame} />}
    </Dialog>
  )
}

function FrameForm({ source, open }: { readonly source: SourceImage; readonly open: Rect }) {
  const app = useApp()
  const t = useT()
  const base = rectOf(pictureSize(baseOf(source)))
  const [frame, setFrame] = useState(open)
  const [grows, setGrows] = useState(true)
  const [anchor, setAnchor] = useState<Anchor>({ column: 1, row: 1 })
  const [overlapPx, setOverlap] = useState(16)
  const [angle, setAngle] = useState(0)
  // null until the user says.
  const [byModel, setByModel] = useState<boolean | null>(null)
  const fields = useAppState((state) => selectModel(state).fields)
  const hasModel = useAppState(({ settings }) => selectBackend(settings).models !== 'none')
  const preset = hasModel ? outpaintPreset(fields, frame, base) : null
  const asksModel = preset !== null && (byModel ?? preset.isExact)
  const resize = (from: Rect, size: Size, by = anchor) => setFrame(anchoredFrame(from, size, by))
  const scaleBy = (factor: number) =>
    resize(open, { width: Math.round(open.width * factor), height: Math.round(open.height * factor) })
  const shape = (name: string) => {
    const [width, height] = name.split(':').map(Number)
    resize(open, sizeOfShape(open, width / height, grows))
  }
  const turn = (degrees: number) => app.framing.rotate(degrees, { frame, overlapPx, byModel: asksModel })
  const apply = async () => {
    const isDone = angle === 0 ? await app.framing.set(frame, overlapPx, asksModel) : await turn(angle)
    if (isDone) app.dialogs.open(null)
  }
  return (
    <div className={styles.form}>
      <FramePreview source={source} base={base} frame={frame} onChange={setFrame} />
      <div className={styles.row}>
        <RadioBar
          label={t('frame.mode')}
          value={grows ? 'extend' : 'crop'}
          options={[
            { value: 'extend', text: t('frame.extend') },
            { value: 'crop', text: t('frame.crop') },
          ]}
          onChange={(mode) => setGrows(mode === 'extend')}
        />
        <div className={styles.choices} role="group" aria-label={t('frame.shape')}>
          {SHAPES.map((name) => (
            <Button key={name} small onClick={() => shape(name)}>
              {name}
            </Button>
          ))}
          {grows &&
            FACTORS.map((factor) => (
              <Button key={factor} small onClick={() => scaleBy(factor)}>
                × {factor}
              </Button>
            ))}
        </div>
      </div>
      <div className={styles.row}>
        <AnchorGrid
          label={t('frame.anchor')}
          value={anchor}
          onChange={(next) => {
            setAnchor(next)
            resize(open, frame, next)
          }}
        />
        <div className={styles.sizes}>
          <Side
            label={t('frame.width')}
            value={frame.width}
            onChange={(width) => resize(open, { ...frame, width })}
          />
          <Side
            label={t('frame.height')}
            value={frame.height}
            onChange={(height) => resize(open, { ...frame, height })}
          />
          <SliderField
            label={t('frame.overlap')}
            unit="px"
            value={overlapPx}
            low={0}
            high={MAX_OVERLAP}
            onChange={setOverlap}
          />
        </div>
      </div>
      {preset && (
        <label className={layoutStyles.check}>
          <input type="checkbox" checked={asksModel} onChange={(event) => setByModel(event.target.checked)} />
          {t('extend.byModel', { preset: Object.values(preset.fields).join(', ') })}
        </label>
      )}
      {!asksModel && <PrefillField />}
      <TurnControls angle={angle} onAngle={setAngle} onTurn={turn} />
      <p className={text.hint}>{!isFrame(frame, base) ? t('frame.limits') : !asksModel && t('frame.hint')}</p>
      <DialogActions>
        <Button onClick={() => setFrame(base)}>{t('frame.whole')}</Button>
        <Button primary disabled={!isFrame(frame, base)} onClick={() => void apply()}>
          {t('frame.apply')}
        </Button>
      </DialogActions>
    </div>
  )
}

interface SideProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
}

function Side({ label, value, onChange }: SideProps) {
  const id = useId()
  return (
    <div className={styles.side}>
      <label htmlFor={id}>{label}</label>
      <NumberInput
        id={id}
        value={value}
        step={1}
        low={1}
        high={MAX_FRAME_SIDE}
        whole
        strict
        onChange={(next) => next !== undefined && onChange(next)}
      />
      <span>px</span>
    </div>
  )
}
