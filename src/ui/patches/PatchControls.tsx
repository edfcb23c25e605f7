import { useEffect, useRef } from 'react'
import {
  type Blend,
  MAX_SLIDER_FEATHER_PX,
  MAX_SLIDER_GROW_PX,
  type Patch,
} from '../../core/document/document'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { SliderField } from '../kit/SliderField'
import layout from '../kit/layout.module.css'
import styles from './patches.module.css'

/** How a kept result joins the picture: shown live, each drag one undo step. */
export function PatchControls({ patch }: { readonly patch: Patch }) {
  const app = useApp()
  const t = useT()
  const { id } = patch
  const pending = useAppState(({ patches }) => patches.pending)
  const blend = pending?.id === id ? pending.blend : patch.blend
  const held = useRef(false)
  // What is pending becomes a step, however the controls go away.
  useEffect(() => () => void app.patches.settle(), [app])
  const change = (part: Partial<Blend>) => void app.patches.adjust(id, part, held.current)
  const toggle = async (part: Partial<Blend>) => {
    await app.patches.adjust(id, part)
    await app.patches.settle()
  }
  const hold = () => {
    held.current = true
    const letGo = () => {
      held.current = false
      removeEventListener('pointerup', letGo)
      removeEventListener('pointercancel', letGo)
      void app.patches.settle()
    }
    addEventListener('pointerup', letGo)
    addEventListener('pointercancel', letGo)
  }
  return (
    <div className={styles.controls} role="group" aria-label={t('patches.controls')} onPointerDown={hold}>
      <SliderField
        label={t('patches.feather')}
        unit={t('unit.px')}
        value={blend.featherPx}
        low={0}
        high={MAX_SLIDER_FEATHER_PX}
        onChange={(featherPx) => change({ featherPx })}
      />
      <SliderField
        label={t('patches.grow')}
        unit={t('unit.px')}
        value={blend.growPx}
        low={-MAX_SLIDER_GROW_PX}
        high={MAX_SLIDER_GROW_PX}
        onChange={(growPx) => change({ growPx })}
      />
      <SliderField
        label={t('patches.opacity')}
        unit="%"
        value={blend.opacity}
        low={0}
        high={100}
        onChange={(opacity) => change({ opacity })}
      />
      <div className={styles.checks}>
        <label className={layout.check}>
          <input
            type="checkbox"
            checked={blend.matchColor}
            onChange={() => void toggle({ matchColor: !blend.matchColor })}
          />
          {t('patches.matchColor')}
        </label>
        <label className={layout.check}>
          <input
            type="checkbox"
            checked={blend.seam === 'gradient'}
            onChange={() => void toggle({ seam: blend.seam === 'gradient' ? 'none' : 'gradient' })}
          />
          {t('patches.seam')}
        </label>
      </div>
    </div>
  )
}
