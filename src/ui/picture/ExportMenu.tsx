import { DropdownMenu } from 'radix-ui'
import { exportPicture } from '../../state/exportController'
import { useT } from '../hooks/useT'
import { ExportButton } from './ExportButton'
import styles from './ExportMenu.module.css'

const FORMATS = ['png', 'jpeg', 'webp'] as const

/** Downloads the picture in one of the formats. */
export function ExportMenu({ text }: { readonly text: false | 'wide' }) {
  const t = useT()
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <ExportButton text={text} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={4}>
          {FORMATS.map((format) => (
            <DropdownMenu.Item
              key={format}
              className={styles.item}
              onSelect={() => void exportPicture(format)}
            >
              {t(`export.${format}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
