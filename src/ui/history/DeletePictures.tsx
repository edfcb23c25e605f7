import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Dialog, DialogActions } from '../kit/Dialog'
import { numberText } from '../kit/sizeText'

interface DeletePicturesProps {
  readonly names: readonly string[]
  readonly onClose: () => void
  readonly onDelete: () => void
}

/** Asks before pictures are deleted for good. */
export function DeletePictures({ names, onClose, onDelete }: DeletePicturesProps) {
  const t = useT()
  return (
    <Dialog title={t('pictures.deleteTitle')} onClose={onClose}>
      <p>
        {names.length === 1
          ? t('pictures.deleteOneQuestion', { title: names[0] })
          : t('pictures.deleteQuestion', { count: numberText(names.length) })}
      </p>
      <DialogActions>
        <Button onClick={onClose}>{t('pictures.keep')}</Button>
        <Button primary onClick={onDelete}>
          {t('history.delete')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
