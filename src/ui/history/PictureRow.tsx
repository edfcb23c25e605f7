import { ImageIcon, Trash2 } from 'lucide-react'
import type { MouseEvent } from 'react'
import { whenText } from '../../core/whenText'
import type { StoredPicture } from '../../state/session/documentLibrary'
import { useDocumentThumbnail } from '../hooks/useDocumentThumbnail'
import { useT } from '../hooks/useT'
import { sizeText } from '../kit/sizeText'
import styles from './PictureList.module.css'

interface PictureRowProps {
  readonly picture: StoredPicture
  /** Its controls are the list's tab stops. */
  readonly isActive: boolean
  readonly isSelected: boolean
  readonly onOpen: (event: MouseEvent) => void
  readonly onSelect: (event: MouseEvent) => void
  readonly onDelete: () => void
}

/** One stored picture. */
export function PictureRow({ picture, isActive, isSelected, onOpen, onSelect, onDelete }: PictureRowProps) {
  const t = useT()
  const { id, base, size, bytes, isOpen, updatedAt } = picture
  const url = useDocumentThumbnail(id)
  const title = base?.name ?? ''
  const tabIndex = isActive ? 0 : -1
  const about = [
    ...(isOpen ? [t('pictures.isOpen')] : []),
    ...(size ? [t('open.size', { ...size })] : []),
    sizeText(bytes),
  ].join(' · ')
  return (
    <li className={styles.row} data-id={id} data-selected={isSelected && !isOpen}>
      <label className={styles.check}>
        <input
          type="checkbox"
          data-part="check"
          tabIndex={tabIndex}
          aria-label={t('history.selectOne', { title })}
          checked={isSelected && !isOpen}
          disabled={isOpen}
          readOnly
          onClick={onSelect}
        />
      </label>
      <button
        type="button"
        className={styles.open}
        data-part="open"
        tabIndex={tabIndex}
        title={`${title}\n${t('pictures.openHint')}`}
        onClick={onOpen}
      >
        {url ? <img src={url} alt="" /> : <ImageIcon aria-hidden="true" />}
        <span className={styles.words}>
          <span className={styles.title}>{title}</span> <span className={styles.about}>{about}</span>
        </span>{' '}
        <time className={styles.when} dateTime={updatedAt}>
          {whenText(new Date(updatedAt))}
        </time>
      </button>
      <button
        type="button"
        className={styles.delete}
        data-part="delete"
        tabIndex={tabIndex}
        aria-label={t('pictures.deleteOne', { title })}
        title={t('history.delete')}
        disabled={isOpen}
        onClick={onDelete}
      >
        <Trash2 aria-hidden="true" />
      </button>
    </li>
  )
}
