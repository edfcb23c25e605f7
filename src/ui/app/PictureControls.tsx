import type { Rect } from '../../core/geometry'
import { ZoomControls } from '../canvas/ZoomControls'
import { ViewSwitch } from './ViewSwitch'

interface PictureControlsProps {
  readonly image: Rect
  /** On a phone the zoom stands on the picture. */
  readonly zoom: boolean
}

/** What the top bar has for an open picture: its zoom, and the two views. */
export function PictureControls({ image, zoom }: PictureControlsProps) {
  return (
    <>
      {zoom && <ZoomControls image={image} />}
      <ViewSwitch />
    </>
  )
}
