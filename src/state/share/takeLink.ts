import { BACKENDS } from '../../backends/backendRegistry'
import type { PartialDocument } from '../../core/document/partialDocument'
import { AppError } from '../../core/errors'
import type { JsonValue } from '../../core/json'
import { checkField } from '../../core/prediction/fieldCheck'
import {
  fieldByAnyName,
  fieldByRole,
  type FieldSpec,
  type FieldValue,
  valuesOf,
} from '../../core/prediction/inputSchema'
import { parseFieldText } from '../../core/prediction/parseFieldText'
import { selectModel } from '../model/formSelectors'
import { selectModels } from '../model/models'
import type { OpenOptions } from '../session/opener'
import { sampleById } from '../session/samples'
import { openLinkedMask } from './linkedMask'
import type { LinkRooms } from './linkRooms'

const MAX_VERSION_CHARS = 200
const MAX_NAMES_CHARS = 200

/**
 * Fills form and editor from a link; its backend is left to the caller.
 * @param awaitFile called where the reader has to bring the picture
 */
export async function takeLink(
  rooms: LinkRooms,
  link: PartialDocument,
  awaitFile: () => void,
): Promise<void> {
  const { forms, models, messages } = rooms
  chooseLinkedModel(rooms, link)
  const { id, fields } = selectModel(forms.context())
  const { roles, polarity, prefill } = link.setup
  if (roles && Object.keys(roles).length > 0) models.setRoles(id, roles)
  if (polarity) models.setPolarity(id, polarity)
  if (prefill) models.setPrefill(id, prefill)
  const { values, unknown } = linkValues(link.setup.params ?? {}, fields)
  if (unknown.length > 0) {
    messages.notify('settings-dropped', { names: unknown.join(', ').slice(0, MAX_NAMES_CHARS) })
  }
  // Before the picture comes: what is typed while it loads stays.
  if (link.complete) forms.setValues(values, link.setup.untouched)
  else forms.setFields(values)
  takeOptions(rooms, link)
  const sides = (['width', 'height'] as const).map((role) => fieldByRole(fields, role)?.name ?? '')
  const opened = await openLinkedPicture(rooms, link, awaitFile, {
    keepForm: true,
    fitSize: !sides.some((name) => Object.hasOwn(values, name)),
    frame: link.frame,
    sent: link.sent,
    ...(link.regions ? { regions: link.regions } : {}),
    // A packed link says what its mask is; a hand-written one leaves the sample's own.
    ...(link.complete ? { commands: link.mask, sampling: link.sampling, guides: link.guides } : {}),
  })
  if (opened && link.maskUrl !== undefined) await openLinkedMask(rooms, link.maskUrl)
}

/** Finds the model by id, else by version. A version that no model here has is passed on to the backend. */
function chooseLinkedModel(
  { models, settings, messages, chooseModel }: LinkRooms,
  { setup }: PartialDocument,
): void {
  const { model, version } = setup
  if (model === undefined && !version) return
  const all = selectModels(models.store.getState())
  const named =
    all.find(({ id }) => id === model) ?? all.find((known) => version && known.version === version)
  if (named) chooseModel(named.id)
  else if (model !== undefined) messages.notify('link-model', { model: model.slice(0, MAX_NAMES_CHARS) })
  const isOwn = version && named?.version !== version
  settings.set({ modelVersion: isOwn ? version.slice(0, MAX_VERSION_CHARS) : '' })
}

/** The values that the model's fields take, and the names that nothing here takes. */
function linkValues(params: Readonly<Record<string, JsonValue>>, fields: readonly FieldSpec[]) {
  const values: Record<string, FieldValue> = {}
  const unknown: string[] = []
  for (const [name, value] of Object.entries(params)) {
    const field = fieldByAnyName(fields, name)
    const parsed = field && readValue(field, value)
    if (field && parsed !== undefined && parsed !== null && !checkField(field, parsed)) {
      values[field.name] = parsed
    } else if (!BACKENDS.some(({ options }) => options.some((option) => option.name === name))) {
      unknown.push(name)
    }
  }
  return { values, unknown }
}

function readValue(field: FieldSpec, value: JsonValue): FieldValue | undefined {
  if (typeof value === 'string' && field.kind !== 'json') return parseFieldText(field, value)
  return valuesOf([field], { [field.name]: value })[field.name]
}

/** The link's values for inputs that are a backend's own. */
function takeOptions({ forms }: LinkRooms, { setup, complete }: PartialDocument): void {
  // Links of version 1 and hand-written ones have them among the params.
  const said = setup.options ?? setup.params ?? {}
  for (const backend of BACKENDS) {
    const values: Record<string, FieldValue> = {}
    for (const option of backend.options) {
      const value = said[option.name]
      const parsed = value === undefined ? undefined : readValue(option, value)
      if (parsed !== undefined && !checkField(option, parsed)) values[option.name] = parsed
    }
    if (complete) forms.fillOptions(backend, values)
    else for (const [name, value] of Object.entries(values)) forms.changeOption(backend, name, value)
  }
}

/** @returns false where the picture that it names could not be opened, or is still to come */
async function openLinkedPicture(
  { opener, messages, ports }: LinkRooms,
  { base, picture }: PartialDocument,
  awaitFile: () => void,
  options: OpenOptions,
): Promise<boolean> {
  if (!base) return true
  if (base.kind === 'url') return opener.openUrl(base.url, options)
  if (base.kind === 'sample') {
    const sample = sampleById(base.id)
    if (sample) return opener.openSample(sample, options)
    messages.report(new AppError('share/unreadable', { detail: base.id }))
  } else {
    // What the link carries, or what this device has kept of an earlier visit.
    const known = picture ? new Blob([picture]) : await storedFile(ports, base.sha256)
    if (known) return opener.openBlob(known, base.name, options)
    awaitFile()
    messages.notify('link-needs-file', { name: base.name })
    // The file was asked for last: a picture that is still being opened does not come in its place.
    await opener.replace(null, () => Promise.resolve(null))
  }
  return false
}

/** @returns the file where this device has kept it and can read it, else null */
async function storedFile({ runs }: LinkRooms['ports'], sha256: string | null): Promise<Blob | null> {
  return sha256 === null ? null : runs.holdSource(sha256).catch(() => null)
}
