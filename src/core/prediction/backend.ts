import type { LocalizedText } from '../localizedText'
import type { MaskPolarity } from './polarity'
import type { ExtraHeaders } from './headers'
import type { FieldSpec } from './inputSchema'
import type { Exchange } from './exchange'
import type { Prediction, PredictionInput } from './prediction'

export interface BackendCapabilities {
  /** A run goes on while the page is closed, and its id can be polled again. */
  readonly resume: boolean
  readonly offline: boolean
  /** Works at the size of the fields `width` and `height`; else at any size. */
  readonly fixedSize: boolean
  /** Heeds `sources` of its input: where it may copy from. */
  readonly samplingArea: boolean
  /** Heeds `guides` of its input: lines that it continues. */
  readonly guideLines: boolean
  /** The shortest and longest gap between two polls of a run, ms. */
  readonly pollMs: readonly [shortest: number, longest: number]
}

/**
 * Makes predictions. Every backend passes backendContract.testkit.ts.
 * @see backends/README.md
 */
export interface Backend {
  readonly id: string
  readonly capabilities: BackendCapabilities
  /**
   * Starts a run. It is never sent twice, even where the outcome is unclear.
   * @param onSend called right before the request that may start a run; where it throws, nothing is sent
   * @param onRead called at most once, when the run needs the input's pixels no more; a backend need not say so
   * @returns a prediction that may be finished already
   * @throws AppError with UNCLEAR where a run may have started all the same; AbortError
   */
  create(
    input: PredictionInput,
    signal: AbortSignal,
    onSend?: () => void,
    onRead?: () => void,
  ): Promise<Prediction>
  /** Polls a run. @throws AppError where its id is unknown or the backend cannot be reached */
  get(id: string, signal: AbortSignal): Promise<Prediction>
  /** Asks for the end of a run. @returns its state then. @throws AppError where the backend cannot cancel */
  cancel(id: string): Promise<Prediction>
  /**
   * Searches the backend's list, if it has one, for the prediction of a create whose answer was lost.
   * @returns null where none fits, or more than one does
   */
  find?(lost: LostCreate, signal: AbortSignal): Promise<Prediction | null>
  /** Frees what is held for a finished run. */
  forget(id: string): void
}

/** A create whose answer was lost. */
export interface LostCreate {
  readonly params: PredictionInput['params']
  /** When it was sent, ms since 1970 by this clock. */
  readonly sentAt: number
  /** Predictions that belong to other runs. */
  readonly known: ReadonlySet<string>
}

/** What requests to one origin carry. */
export interface Credentials {
  readonly token: string | null
  readonly headers: ExtraHeaders
}

/** What a backend is made from; the key never travels with it. */
export interface BackendRef {
  readonly id: string
  /** Base address without a trailing slash, or a path of this origin; null for a backend that has none. */
  readonly url: string | null
  /** The model version to run. */
  readonly version: string | null
}

/** What a backend must know of the model it runs. */
export interface ModelFields {
  /** `owner/name`, as on its host; null where it has no such name. */
  readonly model: string | null
  /** Names of its inputs; null where it has no such input. */
  readonly image: string | null
  readonly mask: string | null
  readonly polarity: MaskPolarity
  readonly count: string | null
  readonly seed: string | null
  /** True where it refuses an empty input. */
  readonly hasRequired: boolean
  /** True where it sends its progress as server-sent events. */
  readonly streams: boolean
}

/** A model as a backend describes it. */
export interface FoundModel {
  readonly id: string
  readonly name: string
  /** Empty where the backend has no versions. */
  readonly version: string
  /** Its OpenAPI document. */
  readonly document: unknown
}

/** A backend that the server of this page may stand in front of; `{host}` in a text is what is behind that. */
export interface OwnServerOffer {
  /** A path of the page's origin. */
  readonly path: string
  readonly name: LocalizedText
  readonly description: LocalizedText
}

/**
 * A backend in the menu: small, so that the start page carries no implementation.
 * @see backends/README.md
 */
export interface BackendDescriptor {
  readonly id: string
  readonly name: LocalizedText
  readonly description: LocalizedText
  readonly capabilities: BackendCapabilities
  /** True where the user has to give an address. */
  readonly needsUrl: boolean
  /** True where the user has to open a model's file, which runs on this device. Left out, none is needed. */
  readonly needsFile?: boolean
  /** Backend-specific inputs, shown and sent like model inputs. */
  readonly options: readonly FieldSpec[]
  /** How many of them, the last, the form folds away. Left out, none. */
  readonly foldedOptions?: number
  /** How this page's own server offers it, holding its key or passing requests on. Left out, it does not. */
  readonly ownServer?: OwnServerOffer
  /** `own`: it serves one model, its own. `hosted`: it serves models by reference. `none`: it runs no model. */
  readonly models: 'own' | 'hosted' | 'none'
  /**
   * Describes a model; left out where `models` is `none`.
   * @param base absolute, without a trailing slash
   * @param reference `owner/name[:version]`; ignored where `models` is `own`
   * @throws AppError `model/reference`, `model/no-inputs`, `backend/...`
   */
  loadModel?(
    base: string,
    reference: string,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<FoundModel>
  /** Loads the implementation ahead of its first use; where `offline`, whatever a run needs. */
  preload(): Promise<void>
  /**
   * Loads the implementation and makes a backend of it.
   * @param onExchange called after each request with its answer, where the backend sends any
   * @throws AppError where the address is missing or invalid
   */
  create(ref: BackendRef, fields: ModelFields, onExchange?: (exchange: Exchange) => void): Promise<Backend>
}
