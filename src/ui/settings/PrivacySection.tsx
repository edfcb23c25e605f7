import { useState } from 'react'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { DialogActions } from '../kit/Dialog'
import layout from '../kit/layout.module.css'
import { numberText } from '../kit/sizeText'
import text from '../kit/text.module.css'
import styles from './settings.module.css'

const KEPT = ['pictures', 'settings', 'tokens', 'sent'] as const

/** What is kept where, and how all of it goes. */
export function PrivacySection() {
  const app = useApp()
  const t = useT()
  const count = useAppState(({ archive }) => archive.entries.length)
  const [asks, setAsks] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const [forgotten, setForgotten] = useState(false)
  const forget = () => {
    app.device.forgetTokens()
    setForgotten(true)
  }
  const deleteAll = () => {
    setDeleting(true)
    void app.device.deleteEverything()
  }
  return (
    <section className={layout.stack} aria-label={t('settings.privacy')}>
      <h3>{t('settings.privacy')}</h3>
      <dl className={styles.kept}>
        {KEPT.map((kind) => (
          <div key={kind}>
            <dt>{t(`settings.kept.${kind}`)}</dt>
            <dd className={text.hint}>{t(`settings.where.${kind}`)}</dd>
          </div>
        ))}
      </dl>
      <output className={text.hint}>{forgotten && t('settings.forgotten')}</output>
      {asks ? (
        <div className={styles.question} role="alertdialog" aria-label={t('settings.deleteNow')}>
          <p>{t('settings.deleteQuestion', { count: numberText(count) })}</p>
          <DialogActions>
            <Button disabled={deleting} onClick={() => setAsks(false)}>
              {t('settings.keepAll')}
            </Button>
            <Button disabled={deleting} className={styles.danger} onClick={deleteAll}>
              {t('settings.deleteNow')}
            </Button>
          </DialogActions>
        </div>
      ) : (
        <div className={styles.buttons}>
          <Button onClick={forget}>{t('settings.forgetTokens')}</Button>
          <Button onClick={() => setAsks(true)}>{t('settings.deleteAll')}</Button>
        </div>
      )}
    </section>
  )
}
