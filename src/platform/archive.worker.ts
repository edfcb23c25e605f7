import { expose } from 'comlink'
import { ARCHIVE } from './archiveStore'
import { shareErrors } from './workerErrors'

shareErrors()
expose(ARCHIVE)
