import { FileUp, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { IconButton } from '../../kit/IconButton'
import { useT } from '../../hooks/useT'
import type { Widget, WidgetProps } from '../widget'
import styles from '../field.module.css'

/** Largest file, bytes: base64 makes it a third larger, and backends limit the request. */
const MAX_BYTES = 2_000_000

/** A file besides the picture and the mask: its URL, or one from this device. */
function FileBox({ value, onChange, id, describedBy, invalid }: WidgetProps) {
  const t = useT()
  const ref = useRef<HTMLInputElement>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const text = typeof value === 'string' ? value : ''
  const isFile = text.startsWith('data:')
  const take = async (file: File | undefined) => {
    if (!file) return
    setTooLarge(file.size > MAX_BYTES)
    if (file.size > MAX_BYTES) return
    const reader = new FileReader()
    await new Promise((resolve) => {
      reader.addEventListener('loadend', resolve)
      reader.readAsDataURL(file)
    })
    if (typeof reader.result === 'string') onChange(reader.result)
  }
  return (
    <span className={styles.box}>
      <input
        id={id}
        type="text"
        inputMode="url"
        spellCheck={false}
        placeholder="https://"
        aria-describedby={describedBy}
        aria-invalid={invalid || tooLarge}
        readOnly={isFile}
        value={isFile ? t('form.file.chosen', { kilobytes: Math.ceil((text.length * 3) / 4000) }) : text}
        title={tooLarge ? t('form.file.tooLarge', { most: MAX_BYTES / 1000 }) : undefined}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      {isFile ? (
        <IconButton icon={X} label={t('form.file.remove')} onClick={() => onChange(undefined)} />
      ) : (
        <IconButton icon={FileUp} label={t('form.file.choose')} onClick={() => ref.current?.click()} />
      )}
      <input
        ref={ref}
        type="file"
        hidden
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {tooLarge && <span role="alert">{t('form.file.tooLarge', { most: MAX_BYTES / 1000 })}</span>}
    </span>
  )
}

export const fileWidget: Widget = { fits: ({ kind }) => kind === 'file', component: FileBox }
