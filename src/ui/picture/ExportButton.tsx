import { Download } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'

/** The export menu's button; without a picture, a disabled button in its place. */
export function ExportButton(props: Omit<IconButtonProps, 'icon' | 'label'>) {
  const t = useT()
  return <IconButton {...props} icon={Download} label={t('export.export')} />
}
