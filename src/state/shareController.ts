import { fromBase64Url, toBase64Url } from '../core/base64'
import { AppError, isAbort } from '../core/errors'
import type { MaskCommand } from '../core/mask/command/maskCommand'
import { effectiveCommands } from '../core/mask/command/maskCommand'
import { checkField } from '../core/prediction/fieldCheck'
import {
  fieldByAnyName,
  fieldByRole,
  type FieldValue,
  parseFieldText,
  keptParams,
} from '../core/prediction/inputSchema'
import {
  MAX_LINK_BYTES,
  MAX_LINK_CHARS,
  MAX_LINK_MASK_BYTES,
  packShareLink,
  readHandWrittenLink,
  type ShareLink,
  unpackShareLink,
} from '../core/share/shareLink'
import { deflateRaw, inflateRaw } from '../platform/deflate'
import { backendDescriptor, BACKENDS } from '../backends/backendRegistry'
import { normalizeBaseUrl } from '../backends/wire/baseUrl'
import { encodeCommands, fitsLink } from '../core/mask/command/maskCodec'
import { chooseModel } from './chooseModel'
import { allModels } from './modelStore'
import {
  activeModel,
  activeValues,
  changeOption,
  fillForm,
  fillOptions,
  optionValues,
  setFields,
} from './formStore'
import { useLink } from './linkStore'
import { notify, reportError } from './messageStore'
import { type OpenOptions, openSample, openUrl } from './openImage'
import { sampleById } from './samples'
import { useSession } from './sessionStore'
import { useSettings } from './settingsStore'

const PREFIX = '#p1='

/** The address that restores what is open: picture, mask, form, model version. Never a token. */
export async function makeLink(): Promise<{ url: string; masked: boolean; needsFile: boolean }> {
  const { source, editor } = useSession.getState()
  const { backendId, backendUrl, modelVersion } = useSettings.getState()
  const link: ShareLink = {
    version: 1,
    source: source?.link ?? null,
    complete: true,
    size: source ? { width: source.pixels.width, height: source.pixels.height } : null,
    commands: editor ? effectiveCommands(editor.commands) : [],
    backend: backendDescriptor(backendId).needsUrl ? { id: backendId, url: safeBase(backendUrl) } : null,
    modelVersion: modelVersion.trim() || activeModel().version,
    params: {
      ...keptParams(activeModel().fields, activeValues()),
      ...optionValues(backendDescriptor(backendId)),
    },
  }
  const needsFile = source?.link.kind === 'file'
  const whole = await fragmentOf(link)
  if (whole.length <= MAX_LINK_CHARS && fitsLink(link.commands) && fitsMask(link.commands))
    return { url: address(whole), masked: true, needsFile }
  const bare = await fragmentOf({ ...link, commands: [] })
  return { url: address(bare), masked: false, needsFile }
}

function fitsMask(commands: readonly MaskCommand[]): boolean {
  return encodeCommands(commands).length <= MAX_LINK_MASK_BYTES
}

function safeBase(url: string): string | null {
  try {
    return normalizeBaseUrl(url, location.href)
  } catch {
    return null
  }
}

async function fragmentOf(link: ShareLink): Promise<string> {
  return PREFIX + toBase64Url(await deflateRaw(packShareLink(link)))
}

function address(fragment: string): string {
  return location.origin + location.pathname + fragment
}

/**
 * Reads the page's address, removes it from the address bar, and takes it over or asks first. Nothing runs by itself.
 * @returns true where the address held a link, good or bad
 */
export async function openLink(from: URL): Promise<boolean> {
  let link: ShareLink | null
  try {
    link = await readLink(from)
  } catch (error) {
    forgetAddress()
    reportError(error)
    return true
  }
  if (!link) return false
  forgetAddress()
  const { editor } = useSession.getState()
  const replaces = editor !== null && editor.commands.length > 0 && link.source !== null
  const backendUrl = suggestedBackend(link)
  if (replaces || backendUrl !== null) useLink.setState({ question: { link, replaces, backendUrl } })
  else await takeLink(link, false)
  return true
}

async function readLink({ hash, search }: URL): Promise<ShareLink | null> {
  if (hash.startsWith('#p') && /^#p\d+=/.test(hash)) {
    if (hash.length > MAX_LINK_CHARS) throw new AppError('share/too-large')
    if (!hash.startsWith(PREFIX)) throw new AppError('share/newer-version')
    const packed = fromBase64Url(hash.slice(PREFIX.length))
    if (!packed || packed.length === 0) throw new AppError('share/unreadable')
    return unpackShareLink(await inflateRaw(packed, MAX_LINK_BYTES))
  }
  if (hash.length + search.length > MAX_LINK_CHARS) throw new AppError('share/too-large')
  return readHandWrittenLink([search.slice(1), hash.slice(1)].filter(Boolean).join('&'))
}

function forgetAddress(): void {
  history.replaceState(null, '', location.pathname)
}

/** Only an address that differs from the one in use is a suggestion. */
function suggestedBackend(link: ShareLink): string | null {
  if (!link.backend?.url) return null
  const url = safeBase(link.backend.url)
  if (url === null) return null
  const { backendId, backendUrl } = useSettings.getState()
  return backendId === link.backend.id && safeBase(backendUrl) === url ? null : url
}

/** Fills form and editor from a link. @param withBackend only after the user said so */
export async function takeLink(link: ShareLink, withBackend: boolean): Promise<void> {
  useLink.setState({ question: null, awaited: null })
  const backendUrl = suggestedBackend(link)
  if (withBackend && backendUrl !== null)
    useSettings
      .getState()
      .set({ backendId: link.backend?.id ?? useSettings.getState().backendId, backendUrl })
  if (link.modelVersion) {
    const named = allModels().find(({ version }) => version === link.modelVersion)
    if (named) chooseModel(named.id)
    useSettings.getState().set({ modelVersion: named ? '' : link.modelVersion.slice(0, 200) })
  }
  const values = linkValues(link)
  const options = { ...maskOption(link), keepForm: true, fitSize: !hasSize(values) }
  // Before the picture comes: what is typed while it loads stays.
  if (link.complete) fillForm(values)
  else setFields(values)
  takeOptions(link)
  try {
    await openLinkedSource(link, options)
  } catch (error) {
    if (!isAbort(error)) reportError(error)
  }
}

async function openLinkedSource(link: ShareLink, options: OpenOptions): Promise<void> {
  const { source } = link
  if (!source) return
  if (source.kind === 'url') await openUrl(source.url, options)
  else if (source.kind === 'sample') {
    const sample = sampleById(source.id)
    if (sample) await openSample(sample, options)
    else throw new AppError('share/unreadable', { detail: source.id })
  } else {
    useLink.setState({ awaited: link })
    notify('link-needs-file', { name: source.name })
  }
}

/** A packed link says what its mask is; a hand-written one leaves the sample's own. */
function maskOption(link: ShareLink): { commands?: readonly MaskCommand[] } {
  return link.complete ? { commands: link.commands } : {}
}

function hasSize(values: Record<string, unknown>): boolean {
  const { fields } = activeModel()
  return (['width', 'height'] as const).some((role) =>
    Object.hasOwn(values, fieldByRole(fields, role)?.name ?? ''),
  )
}

/** The link's values for inputs that are a backend's own. */
function takeOptions({ params, complete }: ShareLink): void {
  for (const backend of BACKENDS) {
    const values = Object.fromEntries(
      backend.options.flatMap((option) => {
        const value = params[option.name]
        return value === undefined || checkField(option, value) ? [] : [[option.name, value]]
      }),
    )
    if (complete) fillOptions(backend, values)
    else for (const [name, value] of Object.entries(values)) changeOption(backend, name, value)
  }
}

/** The link's values that the model's fields take; what they do not is told of. */
function linkValues(link: ShareLink): Record<string, FieldValue> {
  const { fields } = activeModel()
  const values: Record<string, FieldValue> = {}
  const dropped: string[] = []
  for (const [name, value] of Object.entries(link.params)) {
    const field = fieldByAnyName(fields, name)
    const parsed = typeof value === 'string' && field ? parseFieldText(field, value) : value
    if (field && parsed !== undefined && !checkField(field, parsed)) values[field.name] = parsed
    else if (!BACKENDS.some(({ options }) => options.some((option) => option.name === name)))
      dropped.push(name)
  }
  if (dropped.length > 0) notify('settings-dropped', { names: dropped.join(', ').slice(0, 200) })
  return values
}
