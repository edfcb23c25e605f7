import { useApp } from '../hooks/useApp'
import { useLocalized, useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'
import { keyProps } from './command'
import { pageCommand, type PageCommandId } from './pageCommands'

interface CommandButtonProps extends Omit<IconButtonProps, 'label' | 'keys' | 'onClick'> {
  readonly command: PageCommandId
}

/** An icon button that runs a command; its tooltip shows the command's keys. */
export function CommandButton({ command: id, ...button }: CommandButtonProps) {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const command = pageCommand(id)
  const { name, run } = command
  const label = typeof name === 'string' ? t(name) : localized(name)
  return <IconButton {...button} {...keyProps(command)} label={label} onClick={() => run(app)} />
}
