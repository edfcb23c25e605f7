/** A part of the app that is fetched at its first use. */
export interface LazyRoom<Room> {
  /** Fetches it; after a failure the next call fetches it again. */
  load(): Promise<Room>
  /** An action of the room. Where it cannot be fetched that is reported, and nothing is done. */
  action<Args extends unknown[], Result>(
    pick: (room: Room) => (...args: Args) => Result | Promise<Result>,
  ): (...args: Args) => Promise<Result | undefined>
  /** A function of the room whose result is needed. It rejects where the room cannot be fetched. */
  value<Args extends unknown[], Result>(
    pick: (room: Room) => (...args: Args) => Result | Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

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
        let room: Room
        try {
          room = await load()
        } catch (error) {
          onError(error)
          return undefined
        }
        return await pick(room)(...args)
      },
    value:
      (pick) =>
      async (...args) =>
        await pick(await load())(...args),
  }
}
