import { selectWriteFailure } from '../../state/runs/writeFailure'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { Toast } from '../kit/Toast'
import styles from './Messages.module.css'

/** What holds of the open picture's place on disk: another tab has it, or it cannot be written. */
export function DocumentNotes() {
  const app = useApp()
  const t = useT()
  const isElsewhere = useAppState(({ documents }) => documents.isElsewhere)
  const failure = useAppState(selectWriteFailure)
  const hasPicture = useAppState(({ session }) => session.source !== null)
  // A project reads from disk what belongs to it.
  const saveFile = () => void (failure === 'storage/full' ? app.saveProject() : app.exports.saveAs('png'))
  return (
    <>
      {isElsewhere && (
        <Toast kind="notice">
          <div className={styles.notice}>
            <p>{t('documents.elsewhere')}</p>
            <Button small onClick={() => void app.documents.takeOver()}>
              {t('documents.takeOver')}
            </Button>
          </div>
        </Toast>
      )}
      {failure !== null && (
        <Toast kind="error">
          <div className={styles.notice}>
            <p>{t(`error.${failure}`)}</p>
            {failure === 'storage/newer' ? (
              <Button small onClick={() => location.reload()}>
                {t('message.reload')}
              </Button>
            ) : (
              hasPicture && (
                <Button small onClick={saveFile}>
                  {t('documents.export')}
                </Button>
              )
            )}
          </div>
        </Toast>
      )}
    </>
  )
}
