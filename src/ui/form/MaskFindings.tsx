import { useLint } from '../../state/lintController'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './MaskFindings.module.css'

/** Likely slips in the mask, each with its fix. They never block Run. */
export function MaskFindings() {
  const t = useT()
  const findings = useLint((state) => state.findings)
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} aria-label={t('lint.label')}>
      {findings.map(({ code, count, mend }) => (
        <li key={code}>
          <span>{t(`lint.${code}`, { count })}</span>
          <Button small onClick={mend}>
            {t(`lint.mend.${code}`, { count })}
          </Button>
        </li>
      ))}
    </ul>
  )
}
