import { Component, type ComponentType, createElement, type ReactNode, Suspense, use } from 'react'
import { LoadFailure } from './LoadFailure'

/** A chunk that could not be fetched. */
class LoadError extends Error {}

interface Boundary {
  readonly retry: () => void
  readonly children: ReactNode
}

/** Every boundary that waits for "Try again": one press is for all of them. */
const failed = new Set<() => void>()

/** Says that a part could not be fetched, in its place; any other error goes on. */
class LoadBoundary extends Component<Boundary> {
  override state: { readonly error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(): void {
    failed.add(this.again)
  }

  override componentWillUnmount(): void {
    failed.delete(this.again)
  }

  private readonly again = () => {
    failed.delete(this.again)
    this.props.retry()
    this.setState({ error: null })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    if (!(error instanceof LoadError)) throw error
    return <LoadFailure onRetry={() => [...failed].forEach((again) => again())} />
  }
}

type LazyPart<Props> = ComponentType<Props> & {
  /** Fetches the chunk ahead; a failure is met when the part is drawn. */
  readonly preload: () => Promise<void>
}

/**
 * A component in a chunk of its own. A failed fetch is said with a button that tries again.
 * @param load - imports the chunk
 * @param fallback - stands in its place until the chunk is there
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback?: ComponentType<Props>,
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
    // React has to meet the same promise at each try to draw: a failed one stays until "Try again".
    return createElement(part ?? use((loading ??= start())), props)
  }
  function Lazy(props: Props) {
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
      if (!part) await start().catch(() => {})
    },
  })
}
