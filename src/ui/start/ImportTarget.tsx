import { useEffect, useState } from 'react'
import { importMask } from '../../state/maskImport'
import { openDropped, openFile } from '../../state/openImage'
import { useSession } from '../../state/sessionStore'
import { useT } from '../hooks/useT'
import { FILE_INPUT_ID } from './pickFile'
import styles from './ImportTarget.module.css'

/** Opens pictures that are dropped or pasted anywhere on the page, or chosen through its hidden file input. */
export function ImportTarget() {
  const t = useT()
  const [dragging, setDragging] = useState(false)
  const hasPicture = useSession((state) => state.source !== null)
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
        if (mask && file) void importMask(file)
        else openDropped(event.dataTransfer)
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
          openDropped(clipboardData)
        }
      },
      { signal },
    )
    return () => abort.abort()
  }, [])
  return (
    <>
      <input
        id={FILE_INPUT_ID}
        type="file"
        accept="image/*,.avif"
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) void openFile(file)
        }}
      />
      {dragging && (
        <div className={styles.target}>
          <p>{t('open.drop')}</p>
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
