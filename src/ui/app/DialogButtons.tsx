import { Link2, Server } from 'lucide-react'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'

type ButtonProps = Pick<IconButtonProps, 'text'>

export function ShareButton(props: ButtonProps) {
  const { dialogs } = useApp()
  const t = useT()
  return <IconButton {...props} icon={Link2} label={t('share.share')} onClick={() => dialogs.open('share')} />
}

export function BackendButton(props: ButtonProps) {
  const { dialogs } = useApp()
  const t = useT()
  return (
    <IconButton
      {...props}
      icon={Server}
      label={t('backend.backend')}
      onClick={() => dialogs.open('backend')}
    />
  )
}
