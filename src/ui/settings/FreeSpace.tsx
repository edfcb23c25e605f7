import { useState } from 'react'
import { freedBytes, runsToClear, type StoredSizes } from '../../state/runs/freeSpace'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import layout from '../kit/layout.module.css'
import { Select } from '../kit/Select'
import { numberText, sizeText } from '../kit/sizeText'
import text from '../kit/text.module.css'
import styles from './settings.module.css'

const AGES = [30, 7, 90, 365, 0] as const

/** Deletes runs by age: how many and how much is said before, and it can be undone. */
export function FreeSpace({ sizes }: { readonly sizes: StoredSizes | null }) {
  const app = useApp()
  const t = useT()
  const { entries, damaged } = useAppState(({ archive }) => archive)
  const [days, setDays] = useState<(typeof AGES)[number]>(30)
  const [keepStarred, setKeepStarred] = useState(true)
  const [openedAt] = useState(Date.now)
  const gone = runsToClear(entries, { days, keepStarred }, openedAt)
  const clear = () => {
    app.dialogs.open(null)
    void app.archive.remove(gone.map(({ id }) => id))
  }
  return (
    <fieldset className={styles.free}>
      <legend>{t('settings.free')}</legend>
      <Select
        aria-label={t('settings.older')}
        value={days}
        options={AGES.toSorted((a, b) => a - b).map((value) => ({
          value,
          text: t(`settings.older.${value}`),
        }))}
        onChange={setDays}
      />
      <label className={layout.check}>
        <input
          type="checkbox"
          checked={keepStarred}
          onChange={({ target }) => setKeepStarred(target.checked)}
        />
        {t('settings.keepStarred')}
      </label>
      <div className={styles.line}>
        <output className={text.hint}>
          {gone.length === 0
            ? t('settings.freesNothing')
            : sizes &&
              t('settings.frees', {
                count: numberText(gone.length),
                size: sizeText(freedBytes(gone, entries, sizes, damaged > 0)),
              })}
        </output>
        <Button small disabled={gone.length === 0} onClick={clear}>
          {t('settings.clear')}
        </Button>
      </div>
    </fieldset>
  )
}
