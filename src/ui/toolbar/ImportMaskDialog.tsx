import { useEffect, useRef } from 'react'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import layoutStyles from '../kit/layout.module.css'
import { overlayColors } from '../../core/mask/display/overlayColors'
import { useT } from '../hooks/useT'
import styles from './ImportMaskDialog.module.css'
import { useApp, useAppState } from '../hooks/useApp'
import { layersOfPicture } from '../../state/session/pictureLayers'
import type { PendingMask } from '../../state/session/maskImport'

/** Longer side of the preview, canvas px. */
const PREVIEW_SIDE = 440

/** Previews a mask of another size over the picture before it is imported. */
export function ImportMaskDialog({ pending }: { readonly pending: PendingMask }) {
  const app = useApp()
  const t = useT()
  const ref = useRef<HTMLCanvasElement>(null)
  const { source, frame } = useAppState(({ session }) => session)
  const { color } = useAppState(({ tools: state }) => state.overlay)
  const { name, size, scaled } = pending
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context || !source || !frame) return
    const factor = Math.min(1, PREVIEW_SIDE / Math.max(scaled.width, scaled.height))
    canvas.width = Math.max(1, Math.round(scaled.width * factor))
    canvas.height = Math.max(1, Math.round(scaled.height * factor))
    for (const { levels, at } of layersOfPicture(source)) {
      const sides = [at.x - frame.x, at.y - frame.y, at.width, at.height]
      const [x, y, width, height] = sides.map((side) => side * factor)
      const level = levels.findLast((one) => one.width >= width) ?? levels[0]
      context.drawImage(level, x, y, width, height)
    }
    const cover = new ImageData(canvas.width, canvas.height)
    const words = new Uint32Array(cover.data.buffer)
    const colors = overlayColors(color, 60)
    for (let y = 0; y < canvas.height; y++) {
      const row = Math.floor(((y + 0.5) * scaled.height) / canvas.height) * scaled.width
      for (let x = 0; x < canvas.width; x++) {
        words[y * canvas.width + x] =
          colors[scaled.data[row + Math.floor(((x + 0.5) * scaled.width) / canvas.width)]]
      }
    }
    const layer = new OffscreenCanvas(canvas.width, canvas.height)
    layer.getContext('2d')?.putImageData(cover, 0, 0)
    context.drawImage(layer, 0, 0)
  }, [scaled, source, frame, color])
  const stretched = Math.abs(Math.log((size.width * scaled.height) / (size.height * scaled.width))) > 0.01
  return (
    <Dialog title={t('import.title')} onClose={() => void app.maskImport.dropPending()}>
      <div className={layoutStyles.stack}>
        <p>
          {t('import.sizes', {
            name: name.slice(0, 60),
            fromWidth: size.width,
            fromHeight: size.height,
            width: scaled.width,
            height: scaled.height,
          })}
        </p>
        {stretched && <p>{t('import.stretched')}</p>}
        <canvas ref={ref} className={styles.preview} role="img" aria-label={t('import.preview')} />
        <DialogActions>
          <Button onClick={() => void app.maskImport.dropPending()}>{t('import.refuse')}</Button>
          <Button primary onClick={() => void app.maskImport.takePending()}>
            {t('import.take')}
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  )
}
