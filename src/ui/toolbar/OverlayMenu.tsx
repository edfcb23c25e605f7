import { Eye, EyeOff } from 'lucide-react'
import { SliderField } from '../kit/SliderField'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import { Popover } from '../kit/Popover'
import text from '../kit/text.module.css'
import { keyProps } from '../commands/command'
import { pageCommand } from '../commands/pageCommands'
import { useApp, useAppState } from '../hooks/useApp'
import { MASK_VIEWS } from '../../state/shell/toolSettings'

/** Shows the mask over the picture in a colour, alone, or not at all. */
export function OverlayMenu() {
  const app = useApp()
  const t = useT()
  const { overlay } = useAppState(({ tools }) => tools)
  return (
    <Popover
      icon={overlay.view === 'hidden' ? EyeOff : Eye}
      label={t('overlay.label')}
      word={t('mask.viewWord')}
      {...keyProps(pageCommand('mask.hide'))}
    >
      <fieldset className={layoutStyles.choices}>
        <legend className={text.visuallyHidden}>{t('overlay.label')}</legend>
        {MASK_VIEWS.map((view) => (
          <label key={view} className={layoutStyles.check}>
            <input
              type="radio"
              name="mask-view"
              checked={overlay.view === view}
              onChange={() => app.tools.setOverlay({ view })}
            />
            {t(`overlay.${view}`)}
          </label>
        ))}
      </fieldset>
      <label className={layoutStyles.inlineField}>
        {t('overlay.color')}
        <input
          type="color"
          value={overlay.color}
          onChange={(event) => app.tools.setOverlay({ color: event.target.value })}
        />
      </label>
      <SliderField
        label={t('overlay.opacity')}
        unit={t('unit.percent')}
        value={overlay.opacity}
        low={10}
        high={100}
        onChange={(opacity) =>
          app.tools.setOverlay({ opacity: Math.min(100, Math.max(10, Math.round(opacity))) })
        }
      />
    </Popover>
  )
}
