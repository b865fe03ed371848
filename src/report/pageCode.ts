/** What the browser runs and is styled by, as text, and the SHA-256 of each in base64, by which the page's policy allows it. */
export interface PageCode {
  readonly script: string
  readonly scriptHash: string
  /** The script of a page that shows a run while it goes on. */
  readonly live: string
  readonly liveHash: string
  readonly style: string
  readonly styleHash: string
}

/** The build puts it here, from `report/page`: see `spec/support/pageCode.mjs`. */
export const pageCode: PageCode = { script: '', scriptHash: '', live: '', liveHash: '', style: '', styleHash: '' }
