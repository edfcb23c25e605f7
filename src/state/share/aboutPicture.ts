import { backendDescriptor } from '../../backends/backendRegistry'
import { toBase64Url } from '../../core/base64'
import { withoutFiles } from '../../core/document/codec/jsonSchema'
import { encodeLink, MAX_LINK_MASK_BYTES } from '../../core/document/codec/linkCodec'
import { documentOfRun, type RunRecord } from '../../core/document/codec/recordCodec'
import { isEqual } from '../../core/document/equality'
import type { PaintArea, PictureDocument, Setup } from '../../core/document/document'
import { NO_AREAS, type PartialDocument, setupOnly } from '../../core/document/partialDocument'
import { type About, MAX_ABOUT_CHARS } from '../../core/image/metadata/about'
import { encodeCommands, fitsLink } from '../../core/mask/command/maskCodec'
import { effectiveCommands, type MaskCommand } from '../../core/mask/command/maskCommand'
import type { BackendDescriptor } from '../../core/prediction/backend'
import { fieldByRole } from '../../core/prediction/inputSchema'
import { seedOf } from '../../core/prediction/prediction'
import type { ModelDescriptor } from '../../core/models/modelRegistry'
import type { Forms } from '../model/forms'
import { findModel } from '../model/models'
import type { Ports } from '../ports'
import { captureDocument } from '../session/setup'
import type { Runs } from '../runs/runs'
import type { Session } from '../session/session'
import { patchesOf } from '../session/source'
import type { SeenPicture } from './seen'

/** How files name the fill on this device. */
const FILL = 'content-aware fill'

interface AboutRooms {
  readonly ports: Pick<Ports, 'deflate'>
  readonly session: Session
  readonly forms: Forms
  readonly runs: Runs
}

/**
 * What made the picture that is seen: of an output, and of the newest kept result, what its run was asked for with its
 * seed; of a picture without results what the form holds.
 */
function documentOf({ chosen, source }: SeenPicture, rooms: AboutRooms): PictureDocument | null {
  const { session, forms, runs } = rooms
  if (chosen) return seededDocument(chosen.run.record, chosen.output.seed, rooms)
  const from = patchesOf(source).findLast((patch) => patch.visible && patch.from)?.from
  const record = from && runs.byId(from.runId)?.record
  if (record) return seededDocument(record, seedOf(record.seeds, from.place), rooms)
  return captureDocument(session.store.getState(), forms.context())
}

function seededDocument(record: RunRecord, seed: number | null, { forms }: AboutRooms): PictureDocument {
  const document = documentOfRun(record)
  const { fields } = findModel(forms.context().models, document.setup.model)
  const field = seed === null ? null : fieldByRole(fields, 'seed')
  if (!field) return document
  const { params, untouched = [] } = document.setup
  const setup: Setup = {
    ...document.setup,
    params: { ...params, [field.name]: seed },
    untouched: untouched.filter((name) => name !== field.name),
  }
  return { ...document, setup }
}

/**
 * What a file says about how the picture that is seen was made. The backend's address stays here.
 * @param masked the file shows the whole frame at its own size, so that the mask can lie on it again
 * @returns null where that is too long for a file
 */
export async function aboutPicture(
  seen: SeenPicture,
  masked: boolean,
  rooms: AboutRooms,
): Promise<About | null> {
  const document = documentOf(seen, rooms)
  if (!document) return null
  const { setup } = document
  const { frame } = seen
  const model = findModel(rooms.forms.context().models, setup.model)
  const pack = async ({ mask, sampling, guides }: Record<PaintArea, readonly MaskCommand[]>) => {
    const { backend: _, ...named } = setup
    const said: PartialDocument = {
      ...setupOnly({ ...named, version: setup.version ?? model.version }),
      // The file's own corner is the frame's.
      size: { width: frame.width, height: frame.height },
      mask,
      sampling,
      guides,
    }
    return toBase64Url(await rooms.ports.deflate.pack(encodeLink(said)))
  }
  // A mask counts from the base's corner, and a file from its own.
  const isPlaced = masked && frame.x === 0 && frame.y === 0 && isEqual(frame, document.frame)
  const of = (area: PaintArea) => (isPlaced ? fitting(document[area]) : [])
  let packed = await pack({ mask: of('mask'), sampling: of('sampling'), guides: of('guides') })
  if (packed.length > MAX_ABOUT_CHARS) packed = await pack(NO_AREAS)
  if (packed.length > MAX_ABOUT_CHARS) return null
  const backend = backendDescriptor(setup.backend.id)
  // A fill ignores the prompt and the model that the form keeps for another backend.
  const isFill = backend.models === 'none'
  const prompt = isFill ? '' : setup.params[fieldByRole(model.fields, 'prompt')?.name ?? '']
  return {
    prompt: typeof prompt === 'string' ? prompt : '',
    parameters: JSON.stringify(isFill ? fillParameters(setup, backend) : parametersOf(setup, model)),
    document: packed,
  }
}

function fitting(commands: readonly MaskCommand[]): readonly MaskCommand[] {
  const all = effectiveCommands(commands)
  return fitsLink(all) && encodeCommands(all).length <= MAX_LINK_MASK_BYTES / 3 ? all : []
}

/** Model, version and all that was set, by name. */
function parametersOf({ params, untouched = [], options, version }: Setup, model: ModelDescriptor) {
  const sent = Object.entries(withoutFiles(params)).filter(([name]) => !untouched.includes(name))
  return {
    model: model.id,
    version: version ?? model.version,
    ...Object.fromEntries(sent),
    ...withoutFiles(options),
  }
}

/** What a fill on this device takes of what is set. */
function fillParameters({ params, untouched = [], options }: Setup, { options: fields }: BackendDescriptor) {
  const set = { ...withoutFiles(params), ...withoutFiles(options) }
  const taken = fields.filter(({ name }) => name in set && !untouched.includes(name))
  return { engine: FILL, ...Object.fromEntries(taken.map(({ name }) => [name, set[name]])) }
}
