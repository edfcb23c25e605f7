import { GitBranch } from 'lucide-react'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton, type IconButtonProps } from '../kit/IconButton'

/** Opens the states of the picture. */
export function StatesButton(props: Pick<IconButtonProps, 'text'>) {
  const { dialogs } = useApp()
  const t = useT()
  const isStored = useAppState(({ documents: { current, isElsewhere } }) => current !== null && !isElsewhere)
  return (
    <IconButton
      {...props}
      icon={GitBranch}
      label={t('documents.states')}
      disabled={!isStored}
      onClick={() => dialogs.open('states')}
    />
  )
}
