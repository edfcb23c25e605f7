/** What goes wrong and what is told of, in English. */
export const errorsEn = {
  'message.showAll': '{beginning}… Show all',
  'message.detail': 'What the backend said',
  'message.openBackend': 'Open backend settings',
  'message.wait': 'It asks to wait {seconds} s.',
  'message.retry': 'Try again',
  'message.shrink': 'Shrink to {percent} % of each side (about {maxMegabytes} MB) and run',
  'message.kept': 'Picture, mask and settings are kept.',
  'message.unclear':
    'The request may have arrived: look at your account before you run again, or you may pay twice.',

  'notice.link-copied': 'Link copied.',
  'notice.link-of-file': 'Link copied. It cannot carry a file: whoever opens it is asked for {name}.',
  'notice.link-without-mask': 'Link copied without the mask: it is too detailed for a link (limit 64 KB).',
  'notice.link-without-results':
    'Kept results are not in the link: whoever opens it sees the picture without them.',
  'notice.link-needs-file': 'This link is about the file {name}. Open it to see the mask on it.',
  'notice.applied': 'Applied.',
  'notice.outputs-ready': 'The outputs are ready.',
  'notice.image-copied': 'Picture copied.',
  'notice.output-cut':
    'The backend returned {width} × {height} px for a part of {regionWidth} × {regionHeight} px: scaled to cover it, overhang cut off.',
  'notice.more-outputs': 'The backend gave {came} outputs: the first {shown} are shown.',
  'notice.fewer-outputs':
    '{came} of {asked} outputs came. Some models drop pictures that their safety check refuses.',
  'notice.text-copied': 'Copied.',
  'notice.run-found': 'The run had started: it was found at the backend and is followed.',
  'notice.run-no-list': 'This backend keeps no list to look in: check your account there.',
  'notice.run-not-found':
    'Nothing that fits is in the backend’s list yet. Look again in a moment, or check your account.',
  'notice.cancel-local': 'Stopped here, but at the backend it may go on and be billed.',
  'notice.finished-before-cancel': 'It had finished before the cancel: the outputs are kept.',
  'notice.settings-dropped': 'The link’s values for {names} do not fit this model and were left out.',
  'notice.nothing-found': 'No object was found there. Draw a loop around it, with a little of the ground.',
  'notice.other-file': 'The link’s mask is for a picture of {width} × {height} px and does not fit this one.',
  'notice.picture-depth': 'Opened at 8 bits per channel: {name} has {depth}.',
  'notice.picture-scaled':
    '{name} has {width} × {height} px. It was opened scaled to {newWidth} × {newHeight}.',
  'notice.picture-partial': '{name} is damaged: its end is missing. What there is of it was opened.',

  'error.image/not-an-image':
    '{name} is not a picture that can be opened here. PNG, JPEG, WebP, AVIF, GIF, BMP and TIFF can.',
  'error.image/svg': '{name} is an SVG drawing. Save it as PNG first.',
  'error.image/heic':
    '{name} is a HEIC picture, which this browser cannot open. Save it as JPEG or PNG first.',
  'error.image/tiff': '{name} is a kind of TIFF that cannot be opened here. Save it as PNG first.',
  'error.image/nothing-dropped': 'There was no picture in that.',
  'error.image/folder': '{name} is a folder. Open the pictures in it instead.',
  'error.image/damaged': '{name} is damaged and cannot be opened.',
  'error.image/empty': '{name} is empty.',
  'error.image/file-too-large': '{name} has {megabytes} MB; at most {maxMegabytes} MB can be opened.',
  'error.image/too-large':
    '{name} has {width} × {height} px ({megapixels} megapixels); at most {maxMegapixels} megapixels and {maxSide} px a side can be opened.',
  'error.image/decode-timeout': '{name} takes too long to open.',
  'error.image/unreadable': '{name} could not be read any more. It may have been moved or deleted.',
  'error.image/url-invalid': '“{url}” is not the address of a picture.',
  'error.image/url-failed':
    'The picture at {origin} could not be fetched: the address may be wrong, or the site does not let other pages read it (CORS). Save it and drop it here.',
  'error.image/url-redirected':
    '{origin} leads on to another address for this picture, which the browser did not let this page read: that site does not allow it (CORS), or this page’s security policy does not. Save the picture and drop it here.',
  'error.image/url-status': '{origin} answered {status} for this picture.',
  'error.image/clipboard-empty': 'There is no picture on the clipboard.',
  'error.image/clipboard-denied':
    'The browser did not let this page read the clipboard. Press Ctrl+V or ⌘V instead.',
  'error.engine/no-source':
    'Everything around is masked. Leave some of the picture unmasked: this engine copies from it.',
  'error.engine/crashed': 'The engine stopped unexpectedly.',
  'error.backend/no-url': 'Enter a backend URL.',
  'error.backend/url-invalid': '“{url}” is not an address of a backend.',
  'error.backend/unreachable':
    '{origin} cannot be reached: the address may be wrong, the server off, or it does not let pages call it (CORS). For Replicate use the proxy of this page: /replicate/v1.',
  'error.backend/cors':
    '{origin} answers, but does not let this page read it (CORS). Let it send Access-Control-Allow-Origin: {page}, or put a proxy on this page’s own address before it and enter its path.',
  'error.backend/mixed-content':
    'This page came by https, and the browser lets it call only https addresses, or this very machine (127.0.0.1): {origin} is neither.',
  'error.backend/policy':
    'This page’s own security policy keeps it from {origin}. Start the page with PENTIMENTO_CONNECT="{origin}" npm start; on another host, add {origin} to connect-src and img-src of the policy.',
  'error.backend/local-network':
    'The browser does not let this page reach {origin}: allow access to the local network in the settings of this site.',
  'error.backend/offline': 'This device is offline.',
  'error.backend/timeout': '{origin} did not answer within {seconds} s.',
  'error.backend/unauthorized': 'The backend does not accept the API token.',
  'error.backend/payment': 'The account at the backend has no credit left.',
  'error.backend/forbidden': 'The backend does not allow this.',
  'error.backend/not-found': 'The backend does not know this address or model version.',
  'error.backend/method-not-allowed': 'The backend has no such function.',
  'error.backend/busy': 'The backend is busy with another run.',
  'error.backend/input-too-large':
    'The picture and the mask are too large for this backend: {megabytes} MB as sent.',
  'error.backend/invalid-input': 'The backend does not accept these settings.',
  'error.backend/rate-limited': 'The backend takes no more requests for now.',
  'error.backend/server-error': 'The backend failed (status {status}).',
  'error.backend/rejected': 'The backend refused the request (status {status}).',
  'error.backend/not-json':
    'The answer was not understood (status {status}): it is no JSON. Is this the address of a predictions API?',
  'error.backend/no-id': 'The backend returned no usable id: there is no prediction id to follow the run by.',
  'error.backend/answer-too-large': 'The answer is larger than {maxMegabytes} MB and was not read.',
  'error.backend/cannot-follow':
    'The backend took the run but does not tell how it goes. Use one that answers when the run is over.',
  'error.backend/run-failed': 'The run failed.',
  'error.backend/run-aborted': 'The backend aborted the run before it started. It is not billed.',
  'error.backend/data-removed': 'The backend has deleted the outputs of this run.',
  'error.backend/no-output': 'The run finished without an output.',
  'error.backend/unsafe-output': 'The backend returned an unsafe output, which was not opened: {address}',
  'error.backend/output-unreadable':
    'An output at {origin} could not be read ({reason}): it may have expired, or the host does not let pages read it (CORS).',
  'error.model/no-inputs': 'The schema names no inputs: components.schemas.Input is what a model has there.',
  'error.model/reference': 'A model is named owner/name, or owner/name:version.',
  'error.run/interrupted':
    'The page was closed while this run was on. Its settings are kept for another run.',
  'error.run/not-sent': 'Not sent: this device is offline. Nothing was started, nothing is billed.',
  'error.share/unreadable': 'This link is damaged and cannot be read.',
  'error.share/too-large': 'This link is too large to be opened.',
  'error.share/newer-version': 'This link was made by a newer version. Reload the page and open it again.',
  'error.share/bad-backend':
    'The link’s backend “{url}” is no address that can be used, and was left out. It has to begin with http:// or https:// and name a host, without user and password.',
  'error.share/no-secure-copy':
    'The browser did not let this page write to the clipboard. Copy the link from the field.',
  'error.storage/unavailable':
    'This browser cannot store the work (storage is full or switched off). It goes on as long as the page is open: export what you need.',
  'error.unexpected': 'Something unexpected went wrong.',
} as const
