import { clsx } from 'clsx'
import { Keyboard, Settings } from 'lucide-react'
import type { ReactNode } from 'react'
import { LANGUAGES, LOCALES } from '../../core/localizedText'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import { BackendButton, ShareButton } from './DialogButtons'
import styles from './Preferences.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'

interface PreferencesProps {
  /** One below the other, each with its name. */
  readonly list?: boolean
  /** Also what opens a dialog, where the top bar has no room for it. */
  readonly dialogs?: boolean
  readonly children?: ReactNode
}

/** Language, keys, and the way to all preferences. */
export function Preferences({ list = false, dialogs = false, children }: PreferencesProps) {
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
      {children}
      <CommandButton command="app.shortcuts" icon={Keyboard} text={list} />
      <IconButton
        icon={Settings}
        label={t('app.preferences')}
        text={list}
        onClick={() => app.dialogs.open('preferences')}
      />
    </div>
  )
}
