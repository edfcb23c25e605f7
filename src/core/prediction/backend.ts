import type { LocalizedText } from '../localizedText'
import type { MaskPolarity } from './polarity'
import type { FieldRole } from './fieldRoles'
import type { ExtraHeaders } from './headers'
import type { FieldSpec } from './inputSchema'
import type { Exchange } from './exchange'
import type { Prediction, PredictionInput } from './prediction'

export interface BackendCapabilities {
  /** A run continues while the page is closed, and can be asked for by its id afterwards. */
  readonly resume: boolean
  readonly offline: boolean
  /** True where it works at the size of the fields `width` and `height`; false where at any size. */
  readonly fixedSize: boolean
  /** The shortest and longest gap between two polls of a run, ms. */
  readonly pollMs: readonly [shortest: number, longest: number]
}

/** Where predictions are made. Every backend passes backendContract.testkit.ts. */
export interface Backend {
  readonly id: string
  readonly capabilities: BackendCapabilities
  /**
   * Creates a prediction, which may be finished already. Called once for a run: never repeated after an unclear outcome.
   * @param onSend called right before the request that may start a run; throws to stop it
   * @throws AppError; with UNCLEAR where the request may have arrived
   */
  create(input: PredictionInput, signal: AbortSignal, onSend?: () => void): Promise<Prediction>
  /** How the prediction stands now. */
  get(id: string, signal: AbortSignal): Promise<Prediction>
  /** Asks for the end. @returns how the run stands then @throws AppError where the backend cannot cancel */
  cancel(id: string): Promise<Prediction>
  /**
   * Looks in the backend's list for the prediction that a create of unclear outcome made.
   * @returns null where none fits, or more than one
   */
  find?(lost: LostCreate, signal: AbortSignal): Promise<Prediction | null>
  /** Frees what is held for a finished run. */
  forget(id: string): void
}

/** A create request whose answer was lost. */
export interface LostCreate {
  readonly params: PredictionInput['params']
  /** When it was sent, ms since 1970 by this device's clock. */
  readonly sentAt: number
  /** Ids of predictions that belong to other runs. */
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
  /** Base address without a trailing slash, or a path of this origin; null for a backend without an address. */
  readonly url: string | null
  /** Model version to ask for. */
  readonly version: string | null
}

/** The names of the model's fields that a backend fills in, and how it reads them. */
export interface ModelFields {
  /** null where the model has no such field; likewise below. */
  readonly image: string | null
  readonly mask: string | null
  readonly polarity: MaskPolarity
  readonly count: string | null
  readonly seed: string | null
  /** True where the model refuses an empty input. */
  readonly hasRequired: boolean
  /** True where its server sends progress as server-sent events. */
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
  /** The roles that change the result, null for all; the form shows other fields as unused. */
  readonly usesRoles: readonly FieldRole[] | null
  /** Backend-specific inputs, shown and sent like model inputs. */
  readonly options: readonly FieldSpec[]
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
