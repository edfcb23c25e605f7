import { Download } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'

/** The export menu's button. */
export function ExportButton(props: Omit<IconButtonProps, 'icon' | 'label'>) {
  const t = useT()
  return <IconButton {...props} icon={Download} label={t('export.export')} />
}

/** In its place without a picture, and until its menu is there: a press that opened nothing would be lost. */
export function ExportPlace({ text }: { readonly text: false | 'wide' }) {
  return <ExportButton text={text} disabled />
}
