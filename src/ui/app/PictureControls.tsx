import type { Rect } from '../../core/geometry'
import { ZoomControls } from '../canvas/ZoomControls'
import { ViewSwitch } from './ViewSwitch'

interface PictureControlsProps {
  /** What is open; null where only earlier runs are there to be looked at. */
  readonly image: Rect | null
  /** On a phone the zoom stands on the picture. */
  readonly zoom: boolean
}

/** What the top bar has for an open picture: its zoom, and the views. */
export function PictureControls({ image, zoom }: PictureControlsProps) {
  return (
    <>
      {zoom && image && <ZoomControls image={image} />}
      <ViewSwitch />
    </>
  )
}
