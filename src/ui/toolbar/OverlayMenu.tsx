import { Eye, EyeOff } from 'lucide-react'
import { Popover } from 'radix-ui'
import { MASK_VIEWS, useEditor } from '../../state/editorStore'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'

/** How the mask is shown: over the picture in a colour, alone, or not at all. */
export function OverlayMenu() {
  const t = useT()
  const { overlay, setOverlay } = useEditor()
  const Icon = overlay.view === 'hidden' ? EyeOff : Eye
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="icon-button"
          aria-label={t('overlay.label')}
          title={`${t('overlay.label')} (M)`}
        >
          <Icon aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="start" sideOffset={6} aria-label={t('overlay.label')}>
          <fieldset className="choices">
            <legend className="visually-hidden">{t('overlay.label')}</legend>
            {MASK_VIEWS.map((view) => (
              <label key={view} className="check">
                <input
                  type="radio"
                  name="mask-view"
                  checked={overlay.view === view}
                  onChange={() => setOverlay({ view })}
                />
                {t(`overlay.${view}`)}
              </label>
            ))}
          </fieldset>
          <label className="inline-field">
            {t('overlay.color')}
            <input
              type="color"
              value={overlay.color}
              onChange={(event) => setOverlay({ color: event.target.value })}
            />
          </label>
          <SliderField
            label={t('overlay.opacity')}
            unit={t('unit.percent')}
            value={overlay.opacity}
            low={10}
            high={100}
            onChange={(opacity) => setOverlay({ opacity: Math.min(100, Math.max(10, Math.round(opacity))) })}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
