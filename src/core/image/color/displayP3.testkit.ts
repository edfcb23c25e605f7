import { inflateSync } from 'node:zlib'

const DEFLATED =
  'eJylkDFLw0AYhp+zgrbqIHbscIODiyB00MVFC0Kn0lZI6pSmaRHSeCQRcRP8C/6HzoUuxaGrY0Hp2tVRRFwjlxMCUrv0nR7eez6+4wPxBbAO9IM4rF+cSctuyY13BII0jhspluZ7ZtzXw+XewuQ7XuQCH8CRq8IYhAT272KluQIUQ8tugbA09wz7mtuGH1KnWT8H8QTInuGR5rbhN819/9b93at/vO0Flw09C5SocE2EwsfhHkmN8j/+ZuoH3BDg6Xv9vUPWPc7hdJIkyXPWVScwPIbCOOsOTmB3C17GygmdtMoBa90ufA5gx4a9KRSuVn3/Ad1sTOs='

/** A Display-P3 profile, as photos carry it. */
export const DISPLAY_P3 = new Uint8Array(inflateSync(Buffer.from(DEFLATED, 'base64')))
