import { type Translate, useLocalized, useT } from '../hooks/useT'
import { Dialog } from '../kit/Dialog'
import { type Command, shownKeys } from './command'
import { COMMANDS } from './commandRegistry'
import styles from './ShortcutsDialog.module.css'
import { useApp } from '../hooks/useApp'

const GROUPS: readonly Command['group'][] = ['tools', 'view', 'mask', 'run', 'picture']

/** Rows that are not commands: pointer gestures and the canvas' own keys. */
function gestures(t: Translate): readonly { group: Command['group']; name: string; keys: string }[] {
  return [
    { group: 'tools', name: t('keys.smaller'), keys: `Alt ${t('keys.right')} ${t('keys.drag')}` },
    { group: 'tools', name: t('keys.smaller'), keys: `Alt ${t('keys.wheel')}` },
    { group: 'tools', name: t('keys.line'), keys: `Shift ${t('keys.click')}` },
    { group: 'tools', name: t('keys.subtract'), keys: `Alt ${t('keys.drag')}` },
    { group: 'tools', name: t('keys.subtract'), keys: `${t('keys.right')} ${t('keys.drag')}` },
    { group: 'tools', name: t('keys.crosshair'), keys: t('keys.arrows') },
    { group: 'tools', name: t('keys.dab'), keys: 'Enter' },
    { group: 'view', name: t('keys.pan'), keys: `${t('keys.middle')} ${t('keys.drag')}` },
    { group: 'view', name: t('keys.pan'), keys: t('keys.twoFingers') },
    { group: 'view', name: t('keys.zoom'), keys: t('keys.wheel') },
    { group: 'view', name: t('keys.zoom'), keys: t('keys.pinch') },
  ]
}

export function ShortcutsDialog() {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const entries = [
    ...COMMANDS.flatMap((command) =>
      shownKeys(command).map((parts) => ({
        group: command.group,
        name: typeof command.name === 'string' ? t(command.name) : localized(command.name),
        keys: parts.join(' '),
      })),
    ),
    ...gestures(t),
  ]
  return (
    <Dialog title={t('app.shortcuts')} wide onClose={() => app.dialogs.open(null)}>
      <div className={styles.shortcuts}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{t(`keys.${group}`)}</h3>
            <dl>
              {[...keysByName(entries.filter((entry) => entry.group === group))].map(([name, keys]) => (
                <div key={name}>
                  <dt>
                    {keys.map((one) => (
                      <kbd key={one}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{name}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

/** Without keys that only add Shift to another one. */
function keysByName(entries: readonly { name: string; keys: string }[]): ReadonlyMap<string, string[]> {
  const rows = new Map<string, string[]>()
  for (const { name, keys } of entries) {
    const row = rows.get(name) ?? []
    if (!row.includes(keys.replace(/^Shift /, ''))) rows.set(name, [...row, keys])
  }
  return rows
}
