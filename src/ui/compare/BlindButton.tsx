import { EyeOff } from 'lucide-react'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'

/** Shuffles the outputs and hides which is which, until one is chosen. */
export function BlindButton({ count }: { readonly count: number }) {
  const app = useApp()
  const t = useT()
  const blind = useAppState(({ view }) => view.blind !== null)
  return (
    <IconButton
      icon={EyeOff}
      label={t('blind.toggle')}
      pressed={blind}
      onClick={() => (blind ? app.view.reveal() : app.view.shuffle(count))}
    />
  )
}
