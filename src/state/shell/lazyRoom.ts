/** A part of the app that is fetched at its first use. */
export interface LazyRoom<Room> {
  /** Fetches it; after a failure the next call fetches it again. */
  load(): Promise<Room>
  /** An action of the room. Where the room cannot be fetched, or the action fails, that is reported. */
  action<Args extends unknown[], Result>(
    pick: (room: Room) => (...args: Args) => Result | Promise<Result>,
  ): (...args: Args) => Promise<Result | undefined>
  /** A function of the room whose result is needed. It rejects where the room cannot be fetched. */
  value<Args extends unknown[], Result>(
    pick: (room: Room) => (...args: Args) => Result | Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

/** @param onError gets what keeps an action from being done */
export function createLazyRoom<Room>(
  fetchRoom: () => Promise<Room>,
  onError: (error: unknown) => void,
): LazyRoom<Room> {
  let loading: Promise<Room> | null = null
  const load = async () => {
    loading ??= fetchRoom()
    try {
      return await loading
    } catch (error) {
      loading = null
      throw error
    }
  }
  return {
    load,
    action:
      (pick) =>
      async (...args) => {
        try {
          return await pick(await load())(...args)
        } catch (error) {
          onError(error)
          return undefined
        }
      },
    value:
      (pick) =>
      async (...args) =>
        await pick(await load())(...args),
  }
}
