import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import styles from './MaskFindings.module.css'
import { useAppState } from '../hooks/useApp'

/** Likely slips in the mask, each with its fix. They never block Run. Where no mask is seen, only what a result tells of it. */
export function MaskFindings() {
  const t = useT()
  const all = useAppState(({ check: state }) => state.findings)
  const view = useAppState(({ view: state }) => state.view)
  const findings = view === 'edit' ? all : all.filter(({ code }) => code === 'polarity')
  if (findings.length === 0) return null
  return (
    <ul className={styles.findings} data-findings="" aria-label={t('lint.label')}>
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
