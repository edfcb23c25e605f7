import { useLint } from '../../state/lintController'
import { useT } from '../hooks/useT'

/** What is likely a slip in the mask, each with what mends it. It never keeps anybody from running. */
export function MaskFindings() {
  const t = useT()
  const findings = useLint((state) => state.findings)
  if (findings.length === 0) return null
  return (
    <ul className="findings" aria-label={t('lint.label')}>
      {findings.map(({ code, count, mend }) => (
        <li key={code}>
          <span>{t(`lint.${code}`, { count })}</span>
          <button type="button" className="button small" onClick={mend}>
            {t(`lint.mend.${code}`, { count })}
          </button>
        </li>
      ))}
    </ul>
  )
}
