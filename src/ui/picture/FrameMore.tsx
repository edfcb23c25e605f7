import { RotateCcw, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { FrameChange, FrameDraft } from '../../core/frame/frameDraft'
import { MAX_OVERLAP } from '../../core/frame/frameEdits'
import { asksModel, presetOf } from '../../state/session/frameDraft'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { SliderField } from '../kit/SliderField'
import text from '../kit/text.module.css'
import { AnchorGrid } from './AnchorGrid'
import styles from './FrameOptions.module.css'
import { PrefillField } from './PrefillField'

/** Degrees to each side: more than that is a quarter turn and less. */
const MAX_ANGLE = 45

interface FrameMoreProps {
  readonly draft: FrameDraft
  readonly onChange: (change: FrameChange) => void
}

/** What is needed less often: how what is added is masked and filled, where the picture stays, and turning. */
export function FrameMore({ draft, onChange }: FrameMoreProps) {
  const app = useApp()
  const t = useT()
  const [angle, setAngle] = useState(0)
  const preset = useAppState((state) => {
    const found = presetOf(state, draft)
    return found && Object.values(found.fields).join(', ')
  })
  const byModel = useAppState((state) => asksModel(state, draft))
  const hasResults = useAppState(({ session }) => session.source?.applied !== undefined)
  const bakes = hasResults && angle !== 0
  const turn = async (degrees: number) => {
    await app.framing.turn(degrees)
    setAngle(0)
  }
  return (
    <>
      {preset !== null && (
        <label className={layoutStyles.check}>
          <input
            type="checkbox"
            checked={byModel}
            onChange={(event) => onChange({ kind: 'options', byModel: event.target.checked })}
          />
          {t('extend.byModel', { preset })}
        </label>
      )}
      {!byModel && (
        <>
          <SliderField
            label={t('frame.overlap')}
            unit={t('unit.px')}
            value={draft.overlapPx}
            low={0}
            high={MAX_OVERLAP}
            onChange={(overlapPx) => onChange({ kind: 'options', overlapPx })}
          />
          <PrefillField />
        </>
      )}
      <div className={styles.row}>
        <AnchorGrid
          label={t('frame.anchor')}
          value={draft.anchor}
          onChange={(anchor) => onChange({ kind: 'anchor', anchor })}
        />
        <span className={text.hint}>{t('frame.anchor')}</span>
      </div>
      {/* Enter in its box straightens, and does not apply the frame. */}
      <form
        className={styles.turn}
        onSubmit={(event) => {
          event.preventDefault()
          event.stopPropagation()
          if (angle !== 0) void turn(angle)
        }}
      >
        <SliderField
          label={t('frame.angle')}
          unit="°"
          value={angle}
          low={-MAX_ANGLE}
          high={MAX_ANGLE}
          onChange={setAngle}
        />
        <div className={styles.row}>
          <IconButton icon={RotateCcw} label={t('frame.turnLeft')} onClick={() => void turn(-90)} />
          <IconButton icon={RotateCw} label={t('frame.turnRight')} onClick={() => void turn(90)} />
          <Button type="submit" small disabled={angle === 0}>
            {t('frame.straighten')}
          </Button>
          <Button small onClick={() => onChange({ kind: 'whole' })}>
            {t('frame.whole')}
          </Button>
        </div>
      </form>
      {bakes && <p className={text.hint}>{t('extend.bakes')}</p>}
      {!byModel && <p className={text.hint}>{t('frame.hint')}</p>}
    </>
  )
}
