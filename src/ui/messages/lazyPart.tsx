import {
  Component,
  type ComponentType,
  createElement,
  type ReactNode,
  Suspense,
  use,
  useSyncExternalStore,
} from 'react'
import { type CataloguePart, hasPart } from '../../i18n/translate'
import { CatalogueContext } from '../hooks/useT'
import { LoadFailure } from './LoadFailure'

/** A chunk that could not be fetched. */
class LoadError extends Error {}

interface Boundary {
  readonly retry: () => void
  readonly children: ReactNode
}

/** How the parts that are missing are fetched again. */
const missing = new Set<() => void>()
const listeners = new Set<() => void>()

function setMissing(again: () => void, isMissing: boolean): void {
  if (isMissing) missing.add(again)
  else missing.delete(again)
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Says once that parts are missing, however many: a chunk holds several. */
export function MissingParts() {
  const isAny = useSyncExternalStore(subscribe, () => missing.size > 0)
  return isAny && <LoadFailure onRetry={() => [...missing].forEach((again) => again())} />
}

/** Leaves a part out that could not be fetched, which MissingParts says; passes any other error on. */
class LoadBoundary extends Component<Boundary> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(): void {
    setMissing(this.again, true)
  }

  override componentWillUnmount(): void {
    setMissing(this.again, false)
  }

  private readonly again = () => {
    setMissing(this.again, false)
    this.props.retry()
    this.setState({ error: null })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    if (!(error instanceof LoadError)) throw error
    return null
  }
}

type LazyPart<Props> = ComponentType<Props> & {
  /** Fetches the chunk ahead. Never rejects: a failed part is fetched again when it is drawn. */
  readonly preload: () => Promise<void>
}

/**
 * Makes a component that loads its chunk when it is first drawn. If that fails, a message offers to try again.
 * @param load imports the chunk and returns its component
 * @param fallback is drawn until the chunk is loaded
 * @param texts the part of the catalogue that it waits for
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback?: ComponentType<Props>,
  texts: CataloguePart = 'painting',
): LazyPart<Props> {
  let part: ComponentType<Props> | null = null
  let loading: Promise<ComponentType<Props>> | null = null
  const start = async () => {
    try {
      part = await load()
      return part
    } catch (cause) {
      throw new LoadError('A part of the page could not be loaded', { cause })
    }
  }
  const Fallback = fallback
  function Loaded(props: Props) {
    // use() needs the same promise in every render, so a rejected one is held until "Try again"; and React complains
    // where a render that waited for one does without it when it goes on.
    const ahead = loading === null ? part : null
    return createElement(ahead ?? use((loading ??= start())), props)
  }
  function Lazy(props: Props) {
    // Its texts come behind the start page's.
    if (!hasPart(use(CatalogueContext), texts)) return Fallback && <Fallback {...props} />
    return (
      <LoadBoundary
        retry={() => {
          loading = null
        }}
      >
        <Suspense fallback={Fallback && <Fallback {...props} />}>
          <Loaded {...props} />
        </Suspense>
      </LoadBoundary>
    )
  }
  return Object.assign(Lazy, {
    preload: async () => {
      // What fails is tried again, and said, when the part is shown.
      if (!part) await start().catch(() => {})
    },
  })
}

/** A part whose texts are in `laterMessages`. @see lazyPart */
export function laterPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback?: ComponentType<Props>,
): LazyPart<Props> {
  return lazyPart(load, fallback, 'whole')
}
