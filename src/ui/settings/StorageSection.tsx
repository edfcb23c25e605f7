import { useEffect, useState } from 'react'
import type { StorageSpace, StoredSizes } from '../../state/runs/freeSpace'
import { useApp } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import layout from '../kit/layout.module.css'
import { sizeText } from '../kit/sizeText'
import text from '../kit/text.module.css'
import { FreeSpace } from './FreeSpace'
import styles from './settings.module.css'

/** How much this browser keeps, whether it stays, and how some of it goes. */
export function StorageSection() {
  const app = useApp()
  const t = useT()
  const [space, setSpace] = useState<StorageSpace | null>(null)
  const [sizes, setSizes] = useState<StoredSizes | null>(null)
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    let wanted = true
    const look = async () => {
      const found = await app.device.look()
      if (wanted) setSpace(found)
      void app.archive.open()
      const measured = await app.device.measure()
      if (wanted) setSizes(measured)
    }
    // Without a database there is nothing to measure.
    look().catch(() => {})
    return () => {
      wanted = false
    }
  }, [app])
  const persist = async () => {
    setRefused(!(await app.device.persist()))
    setSpace(await app.device.look())
  }
  return (
    <section className={layout.stack} aria-label={t('settings.storage')}>
      <h3>{t('settings.storage')}</h3>
      {space && (
        <div>
          <p>{usageText(space, t)}</p>
          {sizes && (
            <p className={text.hint}>
              {t('settings.parts', { outputs: sumText(sizes.outputs), files: sumText(sizes.files) })}
            </p>
          )}
        </div>
      )}
      {space?.persisted !== null && space !== null && (
        <div className={styles.line}>
          <p className={text.hint}>
            {t(
              space.persisted
                ? 'settings.persisted'
                : refused
                  ? 'settings.persistRefused'
                  : 'settings.notPersisted',
            )}
          </p>
          {!space.persisted && (
            <Button small onClick={() => void persist()}>
              {t('settings.persist')}
            </Button>
          )}
        </div>
      )}
      <FreeSpace sizes={sizes} />
    </section>
  )
}

function sumText(sizes: ReadonlyMap<string, number>): string {
  return sizeText([...sizes.values()].reduce((sum, bytes) => sum + bytes, 0))
}

function usageText({ usage, quota }: StorageSpace, t: ReturnType<typeof useT>): string {
  if (usage === null) return t('settings.unknown')
  const used = sizeText(usage)
  return quota === null
    ? t('settings.usedOnly', { used })
    : t('settings.used', { used, quota: sizeText(quota) })
}
