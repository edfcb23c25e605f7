import { Paintbrush } from 'lucide-react'
import { useRef } from 'react'
import { shownPatches } from '../../state/session/source'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { IconButton } from '../kit/IconButton'
import text from '../kit/text.module.css'
import styles from './patches.module.css'
import { OutsideBadge } from './OutsideBadge'
import { PatchItem } from './PatchItem'
import { useReorder } from './useReorder'

/** The kept results, topmost first: each can be shown or not, moved, removed, and its blend changed. */
export function PatchPanel() {
  const app = useApp()
  const t = useT()
  const source = useAppState(({ session }) => session.source)
  const list = useRef<HTMLUListElement>(null)
  const reorder = useReorder(list)
  const patches = source ? shownPatches(source).toReversed() : []
  return (
    <section className={styles.panel} aria-label={t('patches.title')}>
      <header className={styles.header}>
        <h2>{t('patches.title')}</h2>
        {patches.length > 0 && (
          <>
            <OutsideBadge />
            <IconButton
              icon={Paintbrush}
              label={t('reveal.restore')}
              onClick={() => void app.patches.paintFrom(null)}
            />
          </>
        )}
      </header>
      {patches.length === 0 && <p className={text.hint}>{t('patches.none')}</p>}
      <ul ref={list} className={styles.list} aria-label={t('patches.title')}>
        {patches.map((shown, index) => (
          <PatchItem
            key={shown.patch.id}
            shown={shown}
            index={index}
            count={patches.length}
            grip={reorder(shown.patch.id, index)}
          />
        ))}
      </ul>
      {patches.length > 0 && <p className={text.hint}>{t('patches.hint')}</p>}
    </section>
  )
}
