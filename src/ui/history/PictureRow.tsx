import { ImageIcon, Trash2 } from 'lucide-react'
import type { MouseEvent } from 'react'
import type { StoredPicture } from '../../state/session/documentLibrary'
import { useDocumentThumbnail } from '../hooks/useDocumentThumbnail'
import { useT } from '../hooks/useT'
import { sizeText } from '../kit/sizeText'
import { ListRow, RowButton } from './ListRow'

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
  const about = [
    ...(isOpen ? [t('pictures.isOpen')] : []),
    ...(size ? [t('open.size', { ...size })] : []),
    sizeText(bytes),
  ].join(' · ')
  return (
    <ListRow
      title={title}
      hint={t('pictures.openHint')}
      about={about}
      at={updatedAt}
      thumbnail={url ? <img src={url} alt="" /> : <ImageIcon aria-hidden="true" />}
      isActive={isActive}
      isSelected={isSelected && !isOpen}
      canSelect={!isOpen}
      onOpen={onOpen}
      onSelect={onSelect}
      item={{ 'data-id': id }}
    >
      <RowButton
        isActive={isActive}
        data-part="delete"
        aria-label={t('pictures.deleteOne', { title })}
        title={t('history.delete')}
        disabled={isOpen}
        onClick={onDelete}
      >
        <Trash2 aria-hidden="true" />
      </RowButton>
    </ListRow>
  )
}
