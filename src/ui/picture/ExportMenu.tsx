import { Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { exportPicture } from '../../state/exportController'
import { useSession } from '../../state/sessionStore'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import styles from './ExportMenu.module.css'

const FORMATS = ['png', 'jpeg', 'webp'] as const

/** Downloads the picture in one of the formats. */
export function ExportMenu({ text }: { readonly text: false | 'wide' }) {
  const t = useT()
  const source = useSession((state) => state.source)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton icon={Download} label={t('export.export')} text={text} disabled={!source} />
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
