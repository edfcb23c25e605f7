/** What is no address of a backend, though a browser would take some of it for one. */
export const REFUSED: readonly string[] = [
  ...[
    'ftp://api.example/v1',
    'ws://api.example',
    'wss://api.example',
    'file:///etc/passwd',
    'data:text/html,x',
  ],
  ...[
    'javascript:alert(1)',
    'javascript://api.example/%0aalert(1)',
    'blob:https://api.example/x',
    'about:blank',
  ],
  ...[
    'view-source:https://api.example',
    'pentimento://api.example',
    'chrome://settings',
    'mailto:a@b.example',
  ],
  ...['https://user:word@api.example', 'https://user@api.example', 'https://:word@api.example'],
  ...['https://api.example:99999', 'https://api.example:65536', 'https://api.example:0', 'api.example:99999'],
  ...['https://api.example:8o', 'https://', 'https:///v1', 'https://:443/v1', 'https://?x', 'https://#x'],
  ...[
    'http:',
    'https:api.example',
    'https:/api.example',
    'https:///api.example/v1',
    '//api.example/v1',
    '///x',
  ],
  ...['https://.api.example', 'https://api..example', 'https://%00', 'https://a b.example', 'https://[::1'],
  ...['https://api.example\\@evil.example', 'https://a\u202e.example', 'just words', 'word', '?x=1', '#v1'],
]
