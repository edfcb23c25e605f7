import { LANGUAGES, LOCALES } from '../../core/localizedText'
import type { Theme } from '../../state/shell/settings'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Dialog } from '../kit/Dialog'
import { Field } from '../kit/Field'
import layout from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import { PrivacySection } from './PrivacySection'
import { StorageSection } from './StorageSection'
import styles from './settings.module.css'

const THEMES: readonly Theme[] = ['dark', 'light', 'system']

/** Everything that is set once: look, language, keys; and what this browser keeps. */
export function PreferencesDialog() {
  const app = useApp()
  const t = useT()
  const { locale, theme, wheelZooms } = useAppState(({ settings }) => settings)
  return (
    <Dialog title={t('app.preferences')} onClose={() => app.dialogs.open(null)}>
      <div className={styles.sections}>
        <section className={layout.stack} aria-label={t('settings.look')}>
          <div className={styles.pair}>
            <Field label={t('app.language')}>
              <Select
                value={locale}
                options={LOCALES.map((value) => ({ value, text: LANGUAGES[value].name }))}
                onChange={(value) => app.settings.set({ locale: value })}
              />
            </Field>
            <Field label={t('app.theme')}>
              <Select
                value={theme}
                options={THEMES.map((value) => ({ value, text: t(`theme.${value}`) }))}
                onChange={(value) => app.settings.set({ theme: value })}
              />
            </Field>
          </div>
          <label className={layout.check}>
            <input
              type="checkbox"
              checked={wheelZooms}
              onChange={({ target }) => app.settings.set({ wheelZooms: target.checked })}
            />
            {t('settings.wheelZooms')}
          </label>
          <div>
            <Button small onClick={() => app.dialogs.open('shortcuts')}>
              {t('app.shortcuts')}
            </Button>
          </div>
        </section>
        <StorageSection />
        <PrivacySection />
      </div>
    </Dialog>
  )
}
