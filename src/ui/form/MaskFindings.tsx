import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './MaskFindings.module.css'
import { useAppState } from '../hooks/useApp'

/** Likely slips in the mask, each with its fix. They never block Run. */
export function MaskFindings() {
  const t = useT()
  const findings = useAppState(({ check: state }) => state.findings)
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} aria-label={t('lint.label')}>
      {findings.map(({ code, count, fix }) => (
        <li key={code}>
          <span>{t(`lint.${code}`, { count })}</span>
          <Button small onClick={fix}>
            {t(`lint.fix.${code}`, { count })}
          </Button>
        </li>
      ))}
    </ul>
  )
}
