import { RotateCcw, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { IconButton } from '../kit/IconButton'
import { SliderField } from '../kit/SliderField'
import styles from './FrameDialog.module.css'

/** Degrees to each side: more than that is a quarter turn and less. */
const MAX_ANGLE = 45

interface TurnControlsProps {
  /** Degrees, clockwise. */
  readonly angle: number
  readonly onAngle: (angle: number) => void
  /** @param degrees clockwise */
  readonly onTurn: (degrees: number) => Promise<unknown>
}

/** Turns what is shown: by a quarter or by an angle at once, or by the angle when the frame is applied. */
export function TurnControls({ angle, onAngle, onTurn }: TurnControlsProps) {
  const t = useT()
  const [busy, setBusy] = useState(false)
  const turn = async (degrees: number) => {
    setBusy(true)
    try {
      await onTurn(degrees)
      onAngle(0)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.row}>
      <IconButton
        icon={RotateCcw}
        label={t('frame.turnLeft')}
        disabled={busy}
        onClick={() => void turn(-90)}
      />
      <IconButton
        icon={RotateCw}
        label={t('frame.turnRight')}
        disabled={busy}
        onClick={() => void turn(90)}
      />
      <SliderField
        label={t('frame.angle')}
        unit="°"
        value={angle}
        low={-MAX_ANGLE}
        high={MAX_ANGLE}
        onChange={onAngle}
      />
      <Button small disabled={busy || angle === 0} onClick={() => void turn(angle)}>
        {t('frame.straighten')}
      </Button>
    </div>
  )
}
