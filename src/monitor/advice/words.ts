/** A time as it reads in a sentence. */
export function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ms`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
