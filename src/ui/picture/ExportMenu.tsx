import { DropdownMenu } from 'radix-ui'
import { useT } from '../hooks/useT'
import { ExportButton } from './ExportButton'
import styles from './ExportMenu.module.css'
import { useApp } from '../hooks/useApp'

const FORMATS = ['png', 'jpeg', 'webp'] as const

/** Downloads the picture in one of the formats, at once or after more was chosen. */
export function ExportMenu({ text }: { readonly text: false | 'wide' }) {
  const app = useApp()
  const t = useT()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <ExportButton text={text} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className={styles.menu} align="end" sideOffset={4}>
        {FORMATS.map((format) => (
          <DropdownMenu.Item
            key={format}
            className={styles.item}
            onSelect={() => void app.exports.saveAs(format)}
          >
            {t(`export.${format}`)}
          </DropdownMenu.Item>
        ))}
        <DropdownMenu.Separator className={styles.line} />
        <DropdownMenu.Item className={styles.item} onSelect={() => app.dialogs.open('export')}>
          {t('export.options')}
        </DropdownMenu.Item>
        <DropdownMenu.Item className={styles.item} onSelect={() => void app.saveProject()}>
          {t('export.project')}
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
