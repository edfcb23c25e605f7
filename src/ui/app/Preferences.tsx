import { clsx } from 'clsx'
import { Keyboard, Mouse, Settings } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import layoutStyles from '../kit/layout.module.css'
import { BackendButton, ShareButton } from './DialogButtons'
import styles from './Preferences.module.css'
import { CommandButton } from '../commands/CommandButton'
import { useApp, useAppState } from '../hooks/useApp'

/** The wheel, the keys, and the way to all preferences: language and theme among them. @param dialogs also what opens a dialog, where the top bar has no room for it */
export function Preferences({ dialogs = false }: { readonly dialogs?: boolean }) {
  const app = useApp()
  const t = useT()
  const wheelZooms = useAppState(({ settings }) => settings.wheelZooms)
  return (
    <div className={clsx(layoutStyles.group, styles.preferences)}>
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
