/** @returns true where the user has denied this page the local network; false in browsers without that permission */
export async function isLocalNetworkDenied(): Promise<boolean> {
  for (const name of ['local-network-access', 'loopback-network', 'local-network']) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      if (state === 'denied') return true
    } catch {
      // This browser has no such permission.
    }
  }
  return false
}
