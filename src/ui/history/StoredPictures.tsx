import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { StoredPicture } from '../../state/session/documentLibrary'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { numberText } from '../kit/sizeText'
import styles from './HistoryPage.module.css'
import { PictureList } from './PictureList'
import { useStoredPictures } from './storedPictures'

/** Every stored picture, last changed first: to be opened and deleted. */
export function StoredPictures() {
  const t = useT()
  const { pictures, next, phase, more, remove } = useStoredPictures()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const free = pictures.filter(({ isOpen }) => !isOpen)
  const chosen = free.filter(({ id }) => selected.has(id)).map(({ id }) => id)
  const removeThem = async (ids: readonly string[]) => {
    const after = rowAfter(pictures, new Set(ids))
    setSelected(new Set())
    await remove(ids)
    requestAnimationFrame(() => after && focusRow(after.id))
  }
  const count = numberText(chosen.length > 0 ? chosen.length : pictures.length)
  return (
    <>
      <div className={styles.status}>
        <output className={styles.count}>
          {chosen.length > 0
            ? t('history.selected', { count })
            : t(next ? 'pictures.countMore' : 'pictures.count', { count })}
        </output>
        {chosen.length > 0 ? (
          <div className={styles.actions}>
            <Button small onClick={() => void removeThem(chosen)}>
              <Trash2 aria-hidden="true" />
              {t('history.delete')}
            </Button>
            <Button small onClick={() => setSelected(new Set())}>
              {t('history.selectNone')}
            </Button>
          </div>
        ) : (
          free.length > 0 && (
            <Button small onClick={() => setSelected(new Set(free.map(({ id }) => id)))}>
              {t('history.selectAll')}
            </Button>
          )
        )}
      </div>
      {phase === 'failed' && <p className={styles.note}>{t('pictures.failed')}</p>}
      {pictures.length > 0 || next ? (
        <PictureList
          pictures={pictures}
          selected={selected}
          onSelect={setSelected}
          onDelete={(ids) => void removeThem(ids)}
        >
          {next && (
            <Button disabled={phase === 'reading'} onClick={() => void more()}>
              {t('pictures.more')}
            </Button>
          )}
        </PictureList>
      ) : (
        <p className={styles.empty} aria-busy={phase === 'reading'}>
          {phase === 'read' && t('pictures.empty')}
        </p>
      )}
    </>
  )
}

/** The one that takes the place of those that go; undefined where none is left. */
function rowAfter(pictures: readonly StoredPicture[], gone: ReadonlySet<string>): StoredPicture | undefined {
  const last = pictures.findLastIndex(({ id }) => gone.has(id))
  const isLeft = ({ id }: StoredPicture) => !gone.has(id)
  return pictures.slice(last).find(isLeft) ?? pictures.findLast(isLeft)
}

function focusRow(id: string): void {
  document.querySelector<HTMLElement>(`[data-id="${id}"] [data-part=open]`)?.focus()
}
