import { Download } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'

/** Opens the export menu; alone, it keeps the menu's place until there is a picture. */
export function ExportButton(props: Omit<IconButtonProps, 'icon' | 'label'>) {
  const t = useT()
  return <IconButton {...props} icon={Download} label={t('export.export')} />
}
