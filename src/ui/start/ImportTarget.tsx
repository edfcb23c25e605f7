import { useEffect, useState } from 'react'
import { useT } from '../hooks/useT'
import { FILE_INPUT_ID } from '../kit/pickFile'
import styles from './ImportTarget.module.css'
import { useApp, useAppState } from '../hooks/useApp'

const MODEL_FILE = /\.onnx$/i

/** Opens pictures that are dropped or pasted anywhere on the page, or chosen through its hidden file input. */
export function ImportTarget() {
  const app = useApp()
  const t = useT()
  const [dragging, setDragging] = useState(false)
  const hasPicture = useAppState(({ session: state }) => state.source !== null)
  useEffect(() => {
    const abort = new AbortController()
    const { signal } = abort
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    addEventListener(
      'dragover',
      (event) => {
        event.preventDefault()
        setDragging(hasFiles(event))
      },
      { signal },
    )
    addEventListener(
      'dragleave',
      (event) => {
        if (event.relatedTarget === null) setDragging(false)
      },
      { signal },
    )
    addEventListener(
      'drop',
      (event) => {
        event.preventDefault()
        setDragging(false)
        const mask = event.target instanceof Element && event.target.closest('[data-drop=mask]') !== null
        const file = event.dataTransfer?.files[0]
        if (file && MODEL_FILE.test(file.name)) {
          app.settings.set({ backendId: 'onnx' })
          app.dialogs.open('backend')
          void app.deviceModels.add(file)
        } else if (mask && file) void app.maskImport.open(file)
        else app.opener.openDropped(event.dataTransfer)
      },
      { signal },
    )
    addEventListener(
      'paste',
      (event) => {
        const { target, clipboardData } = event
        const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
        // Office programs copy text together with a picture of it; a field takes the text.
        if (field && clipboardData?.types.includes('text/plain')) return
        if (clipboardData && clipboardData.files.length > 0) {
          event.preventDefault()
          app.opener.openDropped(clipboardData)
        } else if (!field) {
          // An address of a link or a model's page is opened; other text is nothing to this page.
          const pasted = clipboardData?.getData('text/plain') ?? ''
          if (/^\s*https?:/i.test(pasted)) void app.links.openText(pasted)
        }
      },
      { signal },
    )
    return () => abort.abort()
  }, [app])
  return (
    <>
      <input
        id={FILE_INPUT_ID}
        type="file"
        accept="image/*,.avif,.tif,.tiff,.pentimento"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void app.opener.openFile(file)
        }}
      />
      {dragging && (
        <div className={styles.target}>
          <p>{t(hasPicture ? 'open.replace' : 'open.drop')}</p>
          {hasPicture && (
            <p className={styles.mask} data-drop="mask">
              {t('open.asMask')}
            </p>
          )}
        </div>
      )}
    </>
  )
}
