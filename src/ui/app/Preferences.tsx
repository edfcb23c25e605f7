import { clsx } from 'clsx'
import { Keyboard } from 'lucide-react'
import { LOCALES } from '../../core/localizedText'
import { type Theme, useSettings } from '../../state/settingsStore'
import { useT } from '../hooks/useT'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import styles from './Preferences.module.css'
import { CommandButton } from '../commands/CommandButton'

/** Each language in its own words. */
const LANGUAGE_NAMES = { en: 'English', zh: '中文' } as const
const THEMES: readonly Theme[] = ['dark', 'light', 'system']

export function Preferences() {
  const t = useT()
  const { locale, theme, set } = useSettings()
  return (
    <div className={clsx(layoutStyles.group, styles.preferences)}>
      <Select
        aria-label={t('app.language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, text: LANGUAGE_NAMES[value] }))}
        onChange={(value) => set({ locale: value })}
      />
      <Select
        aria-label={t('app.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, text: t(`theme.${value}`) }))}
        onChange={(value) => set({ theme: value })}
      />
      <CommandButton command="app.shortcuts" icon={Keyboard} />
    </div>
  )
}
