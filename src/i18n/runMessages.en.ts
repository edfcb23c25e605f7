/** Said of a run whose backend gives no answer. */
export const runsEn = {
  'stage.outage': 'No answer from the backend for {seconds} s, trying again',
  'outage.offline': 'this device is offline',
  'outage.unreachable': 'it cannot be reached, or does not let this page call it',
  'outage.cors': 'it answers, but does not let this page read it (CORS)',
  'outage.policy': 'the policy of this page does not allow its address',
  'outage.localNetwork': 'this page may not use the local network',
  'outage.timeout': 'it takes too long to answer',
  'outage.token': 'it does not accept the API token',
  'outage.forbidden': 'it does not allow this',
  'outage.payment': 'no credit left',
  'outage.unknown': 'it does not know the run',
  'outage.busy': 'it asks to wait',
  'outage.status': 'status {status}',
  'outage.unread': 'its answers cannot be understood',
} as const
