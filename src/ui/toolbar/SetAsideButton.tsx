import { MAX_REGIONS } from '../../core/document/regions'
import { selectIsMaskEmpty } from '../../state/session/maskState'
import { useApp, useAppState } from '../hooks/useApp'
import { useT } from '../hooks/useT'
import { Button } from '../kit/Button'
import { PopoverClose } from '../kit/Popover'
import text from '../kit/text.module.css'

/** Makes a region of the mask, and closes the popover: its operations have no mask left. */
export function SetAsideButton() {
  const app = useApp()
  const t = useT()
  const isEmpty = useAppState(selectIsMaskEmpty)
  const regions = useAppState(({ session }) => session.regions)
  const isFull = regions.length >= MAX_REGIONS
  const setAside = () => {
    const taken = new Set(regions.map(({ name }) => name))
    let number = 1
    while (taken.has(t('regions.newName', { number }))) number++
    void app.regions.setAside(t('regions.newName', { number }))
  }
  return (
    <>
      <PopoverClose>
        <Button small disabled={isFull || isEmpty} onClick={setAside}>
          {t('regions.setAside')}
        </Button>
      </PopoverClose>
      <p className={text.hint}>
        {isFull ? t('regions.full', { max: MAX_REGIONS }) : t('regions.setAsideHint')}
      </p>
    </>
  )
}
