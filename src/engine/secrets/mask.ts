/** What stands in an event where a secret stood. */
export const mask = '[secret]'
