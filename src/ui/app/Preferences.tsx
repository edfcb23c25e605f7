import { clsx } from 'clsx'
import { Keyboard, Mouse, Settings } from 'lucide-react'
import { LANGUAGES, LOCALES } from '../../core/localizedText'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import { BackendButton, ShareButton } from './DialogButtons'
import styles from './Preferences.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'
import type { Theme } from '../../state/shell/settings'

const THEMES: readonly Theme[] = ['dark', 'light', 'system']

/** Language, theme and keys. @param dialogs also what opens a dialog, where the top bar has no room for it */
export function Preferences({ dialogs = false }: { readonly dialogs?: boolean }) {
  const app = useApp()
  const t = useT()
  const { locale, theme, wheelZooms } = useAppState(({ settings }) => settings)
  return (
    <div className={clsx(layoutStyles.group, styles.preferences)}>
      <Select
        aria-label={t('app.language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, text: LANGUAGES[value].name }))}
        onChange={(value) => app.settings.set({ locale: value })}
      />
      <Select
        aria-label={t('app.theme')}
        value={theme}
        options={THEMES.map((value) => ({ value, text: t(`theme.${value}`) }))}
        onChange={(value) => app.settings.set({ theme: value })}
      />
      <IconButton
        icon={Mouse}
        label={t('app.wheelZooms')}
        pressed={wheelZooms}
        onClick={() => app.settings.set({ wheelZooms: !wheelZooms })}
      />
      {dialogs && <ShareButton text />}
      {dialogs && <BackendButton text />}
      <CommandButton command="app.shortcuts" icon={Keyboard} />
      <IconButton
        icon={Settings}
        label={t('app.preferences')}
        onClick={() => app.dialogs.open('preferences')}
      />
    </div>
  )
}
