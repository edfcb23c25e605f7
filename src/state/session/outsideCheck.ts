import { intersectRect, isEmptyRect, rectOf } from '../../core/geometry'
import { bandsOf } from '../../core/image/bands'
import { cropRgba } from '../../core/image/raster'
import type { Ports } from '../ports'
import type { PatchSelection } from './patchStore'
import { layersOf, readPicture } from './patches'
import type { Session } from './session'
import { baseOf, patchesOf, pictureSize, type SourceImage } from './source'

/** The picture rests for this long before it is compared, ms. */
const REST_MS = 400

interface CheckRooms {
  readonly ports: Ports
  readonly session: Session
  readonly selection: PatchSelection
}

/** Compares what is shown with what was opened after every change, in a worker; only where something was blended in. */
export function watchOutside({ ports, session, selection }: CheckRooms): void {
  const { store } = selection
  let timer: ReturnType<typeof setTimeout> | undefined

  const compare = async (source: SourceImage) => {
    const base = baseOf(source).pixels
    const patches = patchesOf(source)
    const whole = rectOf(pictureSize(source))
    const isOpen = () => session.store.getState().source === source
    let count = 0
    const rects = []
    for (const layer of layersOf(source)) {
      for (const band of bandsOf(intersectRect(layer.rect, whole))) {
        await ports.page.nextTask()
        if (!isOpen() || isEmptyRect(band)) continue
        const job = { patches, rect: band, picture: readPicture(source, band), base: cropRgba(base, band) }
        const change = await ports.patches.outside(job)
        count += change.count
        if (change.count > 0) rects.push(change.rect)
      }
    }
    if (isOpen()) store.setState({ outside: { count, rects } })
  }

  const plan = () => {
    clearTimeout(timer)
    const { source } = session.store.getState()
    if (store.getState().outside) store.setState({ outside: null })
    if (!source?.applied) return
    // Without the worker nothing is claimed.
    timer = setTimeout(() => void compare(source).catch(() => {}), REST_MS)
  }

  session.store.subscribe((now, before) => {
    if (now.source !== before.source) plan()
  })
  plan()
}
