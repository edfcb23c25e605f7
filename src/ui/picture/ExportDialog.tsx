import { Copy, Download } from 'lucide-react'
import { useEffect } from 'react'
import { byteText } from '../../core/byteText'
import { keepsAlpha } from '../../state/share/exportOptions'
import type { OpenExport } from '../../state/share/exports'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { RadioBar } from '../kit/RadioBar'
import { Dialog, DialogActions } from '../kit/Dialog'
import layoutStyles from '../kit/layout.module.css'
import { SliderField } from '../kit/SliderField'
import text from '../kit/text.module.css'
import styles from './ExportDialog.module.css'

/** Sets up what is saved: area, format, size and what goes along. */
export function ExportDialog() {
  const app = useApp()
  const t = useT()
  const open = useAppState(({ exports }) => exports.open)
  useEffect(() => {
    void app.exports.begin()
    return () => void app.exports.end()
  }, [app])
  return (
    <Dialog title={t('exports.title')} onClose={() => app.dialogs.open(null)}>
      {open && <ExportForm open={open} />}
    </Dialog>
  )
}

function ExportForm({ open }: { readonly open: OpenExport }) {
  const app = useApp()
  const t = useT()
  const { options, areas, formats, size, made } = open
  const { change } = app.exports
  const isLossy = options.format !== 'png'
  const save = async () => {
    await app.exports.save()
    app.dialogs.open(null)
  }
  return (
    <div className={styles.form}>
      {areas.length > 1 && (
        <div className={styles.row}>
          <span>{t('exports.area')}</span>
          <RadioBar
            label={t('exports.area')}
            value={options.area}
            options={areas.map((value) => ({ value, text: t(`exports.${value}`) }))}
            onChange={(area) => void change({ area })}
          />
        </div>
      )}
      <div className={styles.row}>
        <span>{t('exports.format')}</span>
        <RadioBar
          label={t('exports.format')}
          value={options.format}
          options={formats.map((value) => ({
            value,
            text: t(`exports.${value}`),
            disabled: options.area === 'alone' && !keepsAlpha(value),
          }))}
          onChange={(format) => void change({ format })}
        />
      </div>
      <div className={styles.sliders}>
        {isLossy && (
          <SliderField
            label={t('exports.quality')}
            unit="%"
            value={options.quality}
            low={1}
            high={100}
            onChange={(quality) => void change({ quality })}
          />
        )}
        <SliderField
          label={t('exports.scale')}
          unit="%"
          value={options.scale}
          low={1}
          high={100}
          onChange={(scale) => void change({ scale })}
        />
      </div>
      <GoesAlong open={open} />
      <p className={styles.result} role="status">
        <strong>{made ? byteText(made.size) : t(open.failed ? 'exports.failed' : 'exports.working')}</strong>
        <span className={text.hint}>{t('exports.size', { ...size })}</span>
        {made && made.type !== `image/${options.format}` && <span>{t('exports.otherType')}</span>}
      </p>
      <DialogActions>
        <Button onClick={() => void app.exports.copy()}>
          <Copy aria-hidden="true" />
          {t('exports.copy')}
        </Button>
        <Button primary disabled={open.failed} onClick={() => void save()}>
          <Download aria-hidden="true" />
          {t('exports.save')}
        </Button>
      </DialogActions>
    </div>
  )
}

/** What the file carries beside the pixels. */
function GoesAlong({ open: { options, camera, profile } }: { readonly open: OpenExport }) {
  const app = useApp()
  const t = useT()
  const { change } = app.exports
  if (options.format === 'avif') return <p className={text.hint}>{t('exports.plainAvif')}</p>
  return (
    <div className={layoutStyles.choices}>
      <Check
        label={t('exports.about')}
        hint={t('exports.aboutHint')}
        checked={options.about}
        onChange={(about) => void change({ about })}
      />
      {camera.camera && (
        <Check
          label={t('exports.camera')}
          hint={t('exports.cameraHint')}
          checked={options.camera}
          onChange={(wanted) => void change({ camera: wanted })}
        />
      )}
      {camera.camera && camera.location && options.camera && (
        <Check
          label={t('exports.location')}
          checked={options.location}
          onChange={(location) => void change({ location })}
        />
      )}
      {profile && <p className={text.hint}>{t('exports.profile')}</p>}
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly hint?: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Check({ label, hint, checked, onChange }: CheckProps) {
  return (
    <label className={layoutStyles.check}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className={text.hint}>{hint}</span>}
      </span>
    </label>
  )
}
