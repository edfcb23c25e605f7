/** What goes wrong and what is told of, in English. */
export const errorsEn = {
  'message.showAll': '{beginning}… Show all',
  'message.more': 'More',
  'message.openBackend': 'Open backend settings',
  'message.wait': 'Try again in {seconds} s.',
  'message.reload': 'Reload',
  'message.shrink': 'Shrink to {percent}% (about {maxMegabytes} MB) and run',
  'message.kept': 'Your picture, mask and settings are kept.',
  'message.unclear': 'It may have started. Check your account before you run again, or you may pay twice.',

  'error.image/not-an-image':
    '{name} is not a picture that can be opened here. Use PNG, JPEG, WebP, AVIF, GIF, BMP or TIFF.',
  'error.image/frame':
    'A picture of {width} × {height} px cannot be shown: it has to show some of the original, with at most 50 megapixels and 16,384 px a side.',
  'error.image/svg': '{name} is an SVG drawing. Save it as PNG first.',
  'error.image/heic':
    '{name} is a HEIC picture, which this browser cannot open. Save it as JPEG or PNG first.',
  'error.image/tiff': '{name} is a kind of TIFF that cannot be opened here. Save it as PNG first.',
  'error.image/nothing-dropped': 'No picture found.',
  'error.image/folder': '{name} is a folder. Open the pictures in it instead.',
  'error.image/damaged': '{name} is damaged and cannot be opened.',
  'error.image/empty': '{name} is empty.',
  'error.image/file-too-large': '{name} is {megabytes} MB; the limit is {maxMegabytes} MB.',
  'error.image/too-large':
    '{name} is {width} × {height} px ({megapixels} megapixels); the limit is {maxMegapixels} megapixels and {maxSide} px per side.',
  'error.image/decode-timeout': '{name} takes too long to open.',
  'error.image/unreadable': '{name} can no longer be read. It may have been moved or deleted.',
  'error.image/url-invalid': '“{url}” is not the address of a picture.',
  'error.image/url-failed': 'The picture at {origin} could not be fetched. Save it and drop it here.',
  'more.image/url-failed':
    'The address may be wrong, or the site does not let other pages read its pictures (CORS).',
  'error.image/url-redirected':
    '{origin} redirects to an address that this page may not read. Save the picture and drop it here.',
  'more.image/url-redirected':
    'The other site does not allow it (CORS), or this page’s security policy does not.',
  'error.image/url-status': '{origin} answered with status {status}.',
  'error.image/clipboard-empty': 'There is no picture on the clipboard.',
  'error.image/clipboard-denied':
    'The browser did not let this page read the clipboard. Press Ctrl+V or ⌘V instead.',
  'error.engine/no-sampling':
    'The sampling area leaves nothing to copy: it lies under the mask, or is too narrow. Paint more of it beside the mask, or clear it.',
  'error.engine/no-source':
    'The mask covers everything. Leave some of the picture unmasked: the fill copies from it.',
  'error.engine/crashed': 'The fill stopped unexpectedly.',
  'error.page/part-missing':
    'A part of this page could not be loaded: the network failed, or the page was updated. Reload it; your work is kept.',
  'error.backend/no-url': 'Enter a backend URL.',
  'error.backend/url-invalid': '“{url}” is not a valid backend address.',
  'error.backend/unreachable': '{origin} cannot be reached.',
  'more.backend/unreachable':
    'The address may be wrong, the server may be off, or it does not let pages call it (CORS).',
  'error.backend/cors': '{origin} does not let this page read its answers (CORS).',
  'more.backend/cors':
    'Have it send Access-Control-Allow-Origin: {page}, or put a proxy for it on this page’s own address.',
  'more.replicate':
    'Replicate does not let pages call it. Start this page with REPLICATE_API_TOKEN set and use /replicate/v1.',
  'error.backend/mixed-content': 'A page opened by https cannot call {origin}.',
  'more.backend/mixed-content': 'The browser allows only https addresses and this machine (127.0.0.1).',
  'error.backend/policy': 'This page’s own security policy does not allow {origin}.',
  'more.backend/policy':
    'Start the page with PENTIMENTO_CONNECT="{origin}" npm start. On another host, add {origin} to connect-src and img-src of the policy.',
  'error.backend/local-network':
    'The browser does not let this page reach {origin}. Allow access to the local network in the settings of this site.',
  'error.backend/offline': 'This device is offline.',
  'error.backend/timeout': '{origin} did not answer within {seconds} s.',
  'error.backend/unauthorized': 'The backend does not accept the API token.',
  'error.backend/payment': 'Your account at the backend has no credit left.',
  'error.backend/forbidden': 'The backend does not allow this.',
  'error.backend/not-found': 'The backend does not know this address or model version.',
  'error.backend/method-not-allowed': 'The backend does not offer this.',
  'error.backend/busy': 'The backend is busy with another run.',
  'error.backend/input-too-large':
    'Picture and mask are too large for this backend ({megabytes} MB as sent).',
  'error.backend/invalid-input': 'The backend does not accept these settings.',
  'error.backend/rate-limited': 'The backend is accepting no more requests for now.',
  'error.backend/server-error': 'The backend failed (status {status}).',
  'error.backend/rejected': 'The backend refused the request (status {status}).',
  'error.backend/not-json': 'This is not an answer of a predictions API (status {status}).',
  'more.backend/not-json': 'It is not JSON. Check the address.',
  'error.backend/no-id': 'The backend returned no prediction id, so the run cannot be followed.',
  'error.backend/answer-too-large': 'The answer is larger than {maxMegabytes} MB and was not read.',
  'error.backend/cannot-follow': 'The backend started the run but does not report on it.',
  'more.backend/cannot-follow': 'Use a backend that answers when the run is over.',
  'error.backend/run-failed': 'The run failed.',
  'error.backend/run-aborted': 'The backend aborted the run before it started. It is not billed.',
  'error.backend/data-removed': 'The backend has deleted the outputs of this run.',
  'error.backend/no-output': 'The run finished without an output.',
  'error.backend/unsafe-output': 'The backend returned an unsafe output, which was not opened: {address}',
  'error.backend/output-unreadable': 'An output at {origin} could not be read.',
  'more.backend/output-unreadable':
    'It may have expired, or its host does not let pages read it (CORS). Reason: {reason}.',
  'error.model/no-inputs': 'This schema has no inputs.',
  'more.model/no-inputs': 'A model lists them under components.schemas.Input.',
  'error.model/reference': 'Write a model as owner/name or owner/name:version.',
  'error.run/interrupted':
    'The page was closed during this run, so its outputs are lost. The inputs are kept: you can run them again.',
  'error.run/output-missing': 'This output is no longer stored in this browser.',
  'error.run/not-sent': 'Not sent: this device is offline. Nothing was started or billed.',
  'error.run/not-reached': 'Not sent: {origin} does not answer. Nothing was started or billed.',
  'error.share/unreadable': 'This link is damaged and cannot be read.',
  'error.share/too-large': 'This link is too large to open.',
  'error.share/newer-version': 'This link was made by a newer version. Reload the page and open it again.',
  'error.share/bad-backend': 'The link’s backend “{url}” cannot be used and was left out.',
  'more.share/bad-backend':
    'It must begin with http:// or https:// and name a host, without user and password.',
  'error.share/no-secure-copy': 'The browser did not allow copying. Copy the link from the field.',
  'error.storage/full':
    'The storage of this page is full: your latest changes are not saved. You can go on painting. Export what you need, or free some space.',
  'error.storage/newer':
    'A newer version of this page is open in another tab. This one no longer saves what you do: reload it.',
  'error.storage/blocked':
    'An older version of this page is open in another tab. Close that tab: until then nothing is saved here.',
  'error.storage/unavailable':
    'This browser cannot store your work: its storage is full or off. Export what you need before you close the page.',
  'error.unexpected': 'Something unexpected went wrong.',
} as const
