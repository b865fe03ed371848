/** A downstream server that cannot be used at the moment, in words that name it. */
export class ServerFault extends Error {
  override readonly name: string = 'ServerFault'
}

/** A server that is millrace: a batch in a batch would have limits of its own, beside those that its caller set. */
export class NestedServer extends ServerFault {
  constructor(server: string) {
    super(`The server "${server}" is millrace itself: batches are not nested.\nPut its operations into this plan.`)
  }
}
