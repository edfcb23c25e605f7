import { Download } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { exportPicture } from '../../state/exportController'
import { useSession } from '../../state/sessionStore'
import { useT } from '../hooks/useT'

const FORMATS = ['png', 'jpeg', 'webp'] as const

export function ExportMenu({ withText }: { readonly withText: boolean }) {
  const t = useT()
  const source = useSession((state) => state.source)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className={`icon-button${withText ? ' with-text' : ''}`}
          aria-label={t('export.export')}
          title={t('export.export')}
          disabled={!source}
        >
          <Download aria-hidden="true" />
          {withText && <span className="button-text">{t('export.export')}</span>}
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {FORMATS.map((format) => (
            <DropdownMenu.Item key={format} className="menu-item" onSelect={() => void exportPicture(format)}>
              {t(`export.${format}`)}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
