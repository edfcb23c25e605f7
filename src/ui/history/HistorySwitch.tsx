import type { HistoryPart } from '../../state/shell/view'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import styles from './HistorySwitch.module.css'

const PARTS: readonly HistoryPart[] = ['runs', 'pictures']

/** What the history lists. */
export function HistorySwitch({ value }: { readonly value: HistoryPart }) {
  const app = useApp()
  const t = useT()
  return (
    <div className={styles.parts} role="radiogroup" aria-label={t('history.part')}>
      {PARTS.map((part) => (
        <label key={part} className={styles.part}>
          <input
            type="radio"
            name="history-part"
            checked={part === value}
            onChange={() => app.view.showHistory(part)}
          />
          {t(`history.${part}`)}
        </label>
      ))}
    </div>
  )
}
