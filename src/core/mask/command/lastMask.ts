import type { MaskCommand } from './maskCommand'

/**
 * The commands of the mask that the last clear took away.
 * @param commands of the mask, oldest first
 * @returns null where nothing was cleared, or only an empty mask
 */
export function lastMaskOf(commands: readonly MaskCommand[]): readonly MaskCommand[] | null {
  const isClear = ({ kind }: MaskCommand) => kind === 'clear'
  let end = commands.findLastIndex(isClear)
  // Clearing twice takes nothing more away.
  while (end > 0 && isClear(commands[end - 1])) end--
  if (end < 1) return null
  const start = commands.findLastIndex((command, index) => index < end && isClear(command)) + 1
  return commands.slice(start, end)
}
