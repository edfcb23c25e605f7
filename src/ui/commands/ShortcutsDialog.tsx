import { TOOLS } from '../../editor/toolRegistry'
import { openDialog } from '../../state/dialogStore'
import { Dialog } from '../kit/Dialog'
import { useLocalized, useT } from '../hooks/useT'
import styles from './ShortcutsDialog.module.css'

export function ShortcutsDialog() {
  const t = useT()
  const localized = useLocalized()
  const tools = TOOLS.map((tool) => [tool.shortcut.toUpperCase(), localized(tool.name)] as const)
  const groups = [
    {
      title: t('keys.tools'),
      keys: [
        ...tools,
        ['[ ]', t('keys.smaller')],
        ['Shift [ ]', t('keys.softer')],
        ['X', t('keys.swap')],
        [`Shift ${t('keys.click')}`, t('keys.line')],
        [`Alt / ${t('keys.right')} ${t('keys.drag')}`, t('keys.subtract')],
        [t('keys.arrows'), t('keys.crosshair')],
        ['Enter', t('keys.dab')],
      ],
    },
    {
      title: t('keys.view'),
      keys: [
        [`Space / ${t('keys.middle')} ${t('keys.drag')}`, t('keys.pan')],
        [t('keys.wheel'), t('keys.zoom')],
        ['0', t('view.fit')],
        ['1', t('view.actual')],
        ['\\', t('keys.peek')],
      ],
    },
    {
      title: t('keys.mask'),
      keys: [
        ['Ctrl Z', t('edit.undo')],
        ['Ctrl Shift Z / Ctrl Y', t('edit.redo')],
        ['I', t('mask.invert')],
        ['Delete', t('mask.clear')],
        ['M', t('mask.hide')],
      ],
    },
    {
      title: t('keys.run'),
      keys: [
        ['Ctrl Enter', t('run.run')],
        ['Esc', t('keys.escape')],
        ['E', t('compare.edit')],
        ['← →', t('keys.step')],
        ['Enter', t('keys.keep')],
        ['S', t('keys.save')],
        ['Ctrl Shift L', t('share.copy')],
        ['?', t('app.shortcuts')],
      ],
    },
  ]
  return (
    <Dialog title={t('app.shortcuts')} onClose={() => openDialog(null)}>
      <div className={styles.shortcuts}>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, what]) => (
                <div key={`${key}${what}`}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
