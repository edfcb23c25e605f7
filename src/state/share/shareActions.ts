import type { StoreApi } from 'zustand/vanilla'
import type { LazyRoom } from '../shell/lazyRoom'
import type { LinkState } from './link'
import type { ShareRoom } from './room'

/** What views ask of links and files, whose room is fetched at its first use. */
export function shareActions(lateShare: LazyRoom<ShareRoom>, linkStore: StoreApi<LinkState>) {
  return {
    links: {
      make: lateShare.value(({ links }) => links.make),
      smallPicture: lateShare.value(({ links }) => links.smallPicture),
      openText: lateShare.action(({ links }) => links.openText),
      copy: lateShare.action(({ links }) => links.copy),
      open: lateShare.action(({ links }) => links.open),
      take: lateShare.action(({ links }) => links.take),
      dismiss: () => linkStore.setState({ question: null }),
    },
    /** What an opened file says about how it was made. */
    carried: { take: lateShare.action(({ carried }) => carried.take) },
    saveProject: lateShare.action(({ projects }) => projects.save),
    exporter: {
      mask: lateShare.action(({ exporter }) => exporter.mask),
      copyPicture: lateShare.action(({ exporter }) => exporter.copyPicture),
      downloadOutput: lateShare.action(({ exporter }) => exporter.downloadOutput),
      copyOutput: lateShare.action(({ exporter }) => exporter.copyOutput),
      copyExchange: lateShare.action(({ exporter }) => exporter.copyExchange),
    },
  }
}
