import type { Rect } from '../../core/geometry'
import { ZoomControls } from '../canvas/ZoomControls'
import { laterPart } from '../messages/lazyPart'
import { ViewSwitch } from './ViewSwitch'

interface PictureControlsProps {
  /** What is open; null where only earlier runs are there to be looked at. */
  readonly image: Rect | null
  /** On a phone the zoom stands on the picture, and the states are in the menu. */
  readonly zoom: boolean
}

const StatesButton = laterPart(async () => (await import('./StatesButton')).StatesButton)

/** What the top bar has for an open picture: its zoom, the views, and its states. */
export function PictureControls({ image, zoom }: PictureControlsProps) {
  return (
    <>
      {zoom && image && <ZoomControls image={image} />}
      <ViewSwitch />
      {zoom && image && <StatesButton />}
    </>
  )
}
