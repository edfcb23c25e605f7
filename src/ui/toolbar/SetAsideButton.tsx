import { SquareDashedMousePointer } from 'lucide-react'
import { MAX_REGIONS } from '../../core/document/regions'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'

/** Makes a region of the mask. */
export function SetAsideButton() {
  const app = useApp()
  const t = useT()
  const editor = useAppState(({ session }) => session.editor)
  useAppState(({ session }) => session.revision)
  const regions = useAppState(({ session }) => session.regions)
  const isFull = regions.length >= MAX_REGIONS
  return (
    <IconButton
      icon={SquareDashedMousePointer}
      label={isFull ? t('regions.full', { max: MAX_REGIONS }) : t('regions.setAside')}
      word={t('regions.setAsideWord')}
      disabled={isFull || !editor || editor.isEmpty}
      onClick={() =>
        void app.regions.setAside(
          newName(
            regions.map(({ name }) => name),
            (number) => t('regions.newName', { number }),
          ),
        )
      }
    />
  )
}

/** The first that no region has. */
function newName(taken: readonly string[], nameOf: (number: number) => string): string {
  let number = 1
  while (taken.includes(nameOf(number))) number++
  return nameOf(number)
}
