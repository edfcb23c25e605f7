/** @returns ms of this process's CPU so far: what a busy machine makes wait counts for nothing */
export function cpuNow(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** @returns the least of what some runs take, ms of CPU: for comparing with others of this machine, as each has its own pace */
export function leastCpu(work: () => unknown): number {
  let least = Infinity
  for (let run = 0; run < 5; run++) {
    const start = cpuNow()
    work()
    least = Math.min(least, cpuNow() - start)
  }
  return least
}
