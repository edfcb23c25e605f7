import { encode } from 'uqr'
import { useMemo } from 'react'
import { useT } from '../hooks/useT'
import styles from './LinkCode.module.css'

/** What a code of the lowest correction holds. */
const MAX_BYTES = 2953

/** A link as a QR code, for a phone's camera. */
export function LinkCode({ url }: { readonly url: string }) {
  const t = useT()
  const code = useMemo(() => (url.length <= MAX_BYTES ? encode(url, { border: 4 }) : null), [url])
  if (!code) return <p>{t('share.qrTooLong')}</p>
  const { size, data } = code
  const path = data
    .map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    .join('')
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('share.qrLabel')}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
