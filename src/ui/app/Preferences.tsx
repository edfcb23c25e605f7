import { Keyboard } from 'lucide-react'
import { LOCALES } from '../../core/localizedText'
import { openDialog } from '../../state/dialogStore'
import { type Theme, useSettings } from '../../state/settingsStore'
import { IconButton } from '../kit/IconButton'
import { useT } from '../hooks/useT'

/** Each language in its own words. */
const LANGUAGE_NAMES = { en: 'English', zh: '中文' } as const
const THEMES: readonly Theme[] = ['dark', 'light', 'system']

export function Preferences() {
  const t = useT()
  const { locale, theme, set } = useSettings()
  return (
    <div className="group preferences">
      <select
        aria-label={t('app.language')}
        value={locale}
        onChange={(event) => set({ locale: LOCALES.find((id) => id === event.target.value) ?? 'en' })}
      >
        {LOCALES.map((id) => (
          <option key={id} value={id}>
            {LANGUAGE_NAMES[id]}
          </option>
        ))}
      </select>
      <select
        aria-label={t('app.theme')}
        value={theme}
        onChange={(event) => set({ theme: THEMES.find((id) => id === event.target.value) ?? 'system' })}
      >
        {THEMES.map((id) => (
          <option key={id} value={id}>
            {t(`theme.${id}`)}
          </option>
        ))}
      </select>
      <IconButton
        icon={Keyboard}
        label={t('app.shortcuts')}
        keys="?"
        onClick={() => openDialog('shortcuts')}
      />
    </div>
  )
}
