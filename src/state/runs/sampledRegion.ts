import { type Rect, unionRect } from '../../core/geometry'
import { hasEnoughToSample } from '../../core/image/samplingArea'
import { type Mask, maskBounds, readMask } from '../../core/mask/mask'

/**
 * The region that a fill with a sampling area is given: the hole's surroundings, and where these hold too little of the
 * area, all of it.
 * @param region the surroundings, image px
 */
export function sampledRegion(mask: Mask, sampling: Mask, region: Rect): Rect {
  const isEnough = hasEnoughToSample(readMask(mask, region), readMask(sampling, region))
  return isEnough ? region : unionRect(region, maskBounds(sampling))
}
