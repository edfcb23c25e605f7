/**
 * True where the browser was told not to let this page reach addresses of the local network. Browsers without such a
 * permission say no.
 */
export async function isLocalNetworkDenied(): Promise<boolean> {
  for (const name of ['local-network-access', 'loopback-network', 'local-network']) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      if (state === 'denied') return true
    } catch {
      // Not a permission that this browser has.
    }
  }
  return false
}
