import { clsx } from 'clsx'
import { Keyboard, Settings } from 'lucide-react'
import { LANGUAGES, LOCALES } from '../../core/localizedText'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import { BackendButton, ShareButton } from './DialogButtons'
import styles from './Preferences.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'

/** Language, keys, and the way to all preferences. @param dialogs also what opens a dialog, where the top bar has no room for it */
export function Preferences({ dialogs = false }: { readonly dialogs?: boolean }) {
  const app = useApp()
  const t = useT()
  const locale = useAppState(({ settings }) => settings.locale)
  return (
    <div className={clsx(layoutStyles.group, styles.preferences)}>
      <Select
        aria-label={t('app.language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, text: LANGUAGES[value].name }))}
        onChange={(value) => app.settings.set({ locale: value })}
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
