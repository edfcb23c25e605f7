import { use, useState } from 'react'
import { translate } from '../../i18n/translate'
import { useApp } from '../hooks/useApp'
import { CatalogueContext } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Toast } from '../kit/Toast'
import styles from './LoadFailure.module.css'

/** Both languages, for a page without a catalogue. */
const UNTRANSLATED = {
  text: 'A part of the page could not be loaded. 页面的一部分未能加载。',
  retry: 'Try again / 重试',
}

/** Reports a chunk that could not be fetched: the network failed, or a newer version was deployed. */
export function LoadFailure({ onRetry }: { readonly onRetry: () => void }) {
  const app = useApp()
  const messages = use(CatalogueContext)?.messages
  const [trying, setTrying] = useState(false)
  const retry = async () => {
    setTrying(true)
    const isStuck = await app.needsNewPage()
    setTrying(false)
    if (isStuck) location.reload()
    else onRetry()
  }
  return (
    <div className={styles.failure}>
      <Toast kind="error">
        <p>{messages ? translate(messages, 'app.partMissing') : UNTRANSLATED.text}</p>
        <Button small disabled={trying} onClick={() => void retry()}>
          {messages ? translate(messages, 'message.retry') : UNTRANSLATED.retry}
        </Button>
      </Toast>
    </div>
  )
}
