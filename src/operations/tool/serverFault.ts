/** A downstream server that cannot be used at the moment, in words that name it. */
export class ServerFault extends Error {
  override readonly name = 'ServerFault'
}
