import { Eye, SlidersVertical } from 'lucide-react'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import { lazyPart } from '../messages/lazyPart'

/** Keeps the place of a menu until its chunk is there: painting does not wait for menus. */
function OverlayButton() {
  const t = useT()
  return <IconButton icon={Eye} label={t('overlay.label')} word={t('mask.viewWord')} disabled />
}

function RefineButton() {
  const t = useT()
  return <IconButton icon={SlidersVertical} label={t('mask.refine')} word={t('mask.refineWord')} disabled />
}

export const LazyOverlayMenu = lazyPart(
  async () => (await import('./OverlayMenu')).OverlayMenu,
  OverlayButton,
)
export const LazyRefineMenu = lazyPart(async () => (await import('./RefineMenu')).RefineMenu, RefineButton)
