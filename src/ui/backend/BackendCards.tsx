import { Cloud, Cpu, KeyRound, MonitorSmartphone, Server } from 'lucide-react'
import { useRef } from 'react'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { BACKEND_MENU } from '../../state/model/backends'
import { useApp, useAppState } from '../hooks/useApp'
import { useLocalized, useT } from '../hooks/useT'
import text from '../kit/text.module.css'
import styles from './backend.module.css'

/** What stands for a kind of place. */
function iconOf({ capabilities, needsFile, models }: BackendDescriptor) {
  if (capabilities.offline) return needsFile ? Cpu : MonitorSmartphone
  return models === 'hosted' ? Cloud : Server
}

interface BackendCardsProps {
  /** The path of what this server offers, or a backend's id. */
  readonly place: string
  readonly onPlace: (place: string) => void
}

/** Where to run, a card a place: this device, what this server offers, an address of one's own. */
export function BackendCards({ place, onPlace }: BackendCardsProps) {
  const app = useApp()
  const t = useT()
  const localized = useLocalized()
  const { backendId, backendUrl } = useAppState(({ settings }) => settings)
  const offers = useAppState(({ ownServer }) => ownServer.offers)
  /** The address of each kind while the dialog is open: another card does not lose what was typed. */
  const typed = useRef<Record<string, string>>({})
  const choose = (value: string, id: string, url: string | null) => {
    if (place === backendId) typed.current[backendId] = backendUrl
    onPlace(value)
    if (url === null) app.settings.set({ backendId: id })
    else app.backends.choose({ backendId: id, url })
  }
  const [here, ...elsewhere] = BACKEND_MENU.map((backend) => {
    const { id, name, description, needsUrl } = backend
    return {
      value: id,
      name: localized(name),
      about: localized(description),
      Icon: iconOf(backend),
      choose: () => choose(id, id, needsUrl ? (typed.current[id] ?? '') : null),
    }
  })
  const own = offers.map((one) => ({
    value: one.url,
    name: localized(one.name),
    about: localized(one.description),
    Icon: KeyRound,
    choose: () => choose(one.url, one.backendId, one.url),
  }))
  return (
    <fieldset className={styles.cards}>
      <legend>{t('backend.where')}</legend>
      {[here, ...own, ...elsewhere].map(({ value, name, about, Icon, choose: take }) => (
        // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- its text comes from data
        <label key={value} className={styles.card} htmlFor={`backend-${value}`}>
          <input
            id={`backend-${value}`}
            type="radio"
            name="backend"
            value={value}
            checked={value === place}
            onChange={take}
          />
          <Icon aria-hidden="true" />
          <span>
            <strong>{name}</strong>
            <span className={text.hint}>{about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
